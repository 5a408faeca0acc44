import gauge
import harbour

sea = gauge.Gauge([3.5, 1.2, 4.0])
print("through an attribute:", harbour.lowest_of_list(sea))
print("through a capsule:", harbour.lowest(sea))
print("through the class:", harbour.lowest_of_class(sea))
