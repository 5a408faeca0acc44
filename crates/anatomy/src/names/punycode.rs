//! Punycode (RFC 3492), the encoding of non-ASCII module names in symbol names (PEP 489).

const BASE: u32 = 36;
const T_MIN: u32 = 1;
const T_MAX: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
const INITIAL_BIAS: u32 = 72;
const INITIAL_N: u32 = 128;

/// No identifier is longer than this; decoding inserts into the middle of the string, so it takes quadratic time.
const LONGEST: usize = 1024;

fn adapt(delta: u32, points: u32, first: bool) -> u32 {
    let mut delta = if first { delta / DAMP } else { delta / 2 };
    delta += delta / points;
    let mut k = 0;
    while delta > ((BASE - T_MIN) * T_MAX) / 2 {
        delta /= BASE - T_MIN;
        k += BASE;
    }
    k + (((BASE - T_MIN + 1) * delta) / (delta + SKEW))
}

fn threshold(k: u32, bias: u32) -> u32 {
    k.saturating_sub(bias).clamp(T_MIN, T_MAX)
}

/// Decodes `text`; `delimiter` separates the basic characters from the rest: `-` in the RFC, `_` in symbol names.
pub(crate) fn decode(text: &str, delimiter: char) -> Option<String> {
    if text.len() > LONGEST || !text.is_ascii() {
        return None;
    }
    let (mut output, rest): (Vec<char>, &str) = match text.rsplit_once(delimiter) {
        Some((basic, rest)) => (basic.chars().collect(), rest),
        None => (Vec::new(), text),
    };
    let (mut n, mut i, mut bias) = (INITIAL_N, 0_u32, INITIAL_BIAS);
    let mut digits = rest.bytes().peekable();
    while digits.peek().is_some() {
        let before = i;
        let mut weight = 1_u32;
        let mut k = BASE;
        loop {
            let digit = match digits.next()? {
                letter @ b'a'..=b'z' => u32::from(letter - b'a'),
                letter @ b'A'..=b'Z' => u32::from(letter - b'A'),
                number @ b'0'..=b'9' => u32::from(number - b'0') + 26,
                _ => return None,
            };
            i = i.checked_add(digit.checked_mul(weight)?)?;
            let t = threshold(k, bias);
            if digit < t {
                break;
            }
            weight = weight.checked_mul(BASE - t)?;
            k += BASE;
        }
        let length = u32::try_from(output.len()).ok()? + 1;
        bias = adapt(i - before, length, before == 0);
        n = n.checked_add(i / length)?;
        i %= length;
        output.insert(usize::try_from(i).ok()?, char::from_u32(n)?);
        i += 1;
    }
    Some(output.into_iter().collect())
}

/// Encodes `text` with `delimiter` between the basic characters and the rest, the way [`decode`] reads it.
pub(crate) fn encode(text: &str, delimiter: char) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    let points: Vec<u32> = text.chars().map(u32::from).collect();
    let mut output: String = text.chars().filter(char::is_ascii).collect();
    let basic = u32::try_from(output.len()).ok()?;
    let mut handled = basic;
    if basic > 0 {
        output.push(delimiter);
    }
    let (mut n, mut delta, mut bias) = (INITIAL_N, 0_u32, INITIAL_BIAS);
    while (handled as usize) < points.len() {
        let next = points.iter().copied().filter(|&point| point >= n).min()?;
        delta = delta.checked_add((next - n).checked_mul(handled + 1)?)?;
        n = next;
        for &point in &points {
            if point < n {
                delta = delta.checked_add(1)?;
            }
            if point == n {
                push_integer(&mut output, delta, bias);
                bias = adapt(delta, handled + 1, handled == basic);
                delta = 0;
                handled += 1;
            }
        }
        delta += 1;
        n += 1;
    }
    Some(output)
}

fn push_integer(output: &mut String, mut value: u32, bias: u32) {
    let mut k = BASE;
    loop {
        let t = threshold(k, bias);
        if value < t {
            break;
        }
        output.push(digit(t + (value - t) % (BASE - t)));
        value = (value - t) / (BASE - t);
        k += BASE;
    }
    output.push(digit(value));
}

fn digit(value: u32) -> char {
    // Values are below 36 by construction: they are remainders of a division by at most 35, plus the threshold.
    char::from_digit((value + 10) % BASE, BASE).unwrap_or('a')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What Python itself returns for `"módulo".encode("punycode")` and others.
    const KNOWN: [(&str, &str); 4] = [
        ("módulo", "mdulo-0ta"),
        ("бета", "80abm6c"),
        ("bücher", "bcher-kva"),
        ("日本語", "wgv71a119e"),
    ];

    #[test]
    fn agrees_with_python() {
        for (plain, coded) in KNOWN {
            assert_eq!(encode(plain, '-').as_deref(), Some(coded));
            assert_eq!(decode(coded, '-').as_deref(), Some(plain));
        }
    }

    proptest! {
        #[test]
        fn decoding_reverses_encoding(text in "\\PC{0,20}") {
            prop_assume!(!text.is_ascii());
            let coded = encode(&text, '-').unwrap();
            prop_assert_eq!(decode(&coded, '-'), Some(text));
        }

        #[test]
        fn no_input_makes_it_panic(text in ".{0,80}") {
            let _ = decode(&text, '_');
            let _ = encode(&text, '_');
        }
    }
}
