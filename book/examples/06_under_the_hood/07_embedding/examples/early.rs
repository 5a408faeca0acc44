fn main() {
    println!("{:?}", expressions::evaluate("answer / 2"));
}
