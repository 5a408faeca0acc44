/* Prints the tide for a display at the harbour. This program is in C, and should run without any other file. */

#include <stdio.h>

double tides_height(double mean, double range, double hours);
double tides_next_high(double hours);

int main(void) {
    printf("now: %.1f m\n", tides_height(3.0, 4.0, 6.21));
    printf("high water in %.1f h\n", tides_next_high(6.21));
    return 0;
}
