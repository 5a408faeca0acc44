//! `RECORD` compared with the wheel's contents: WR0605.

use super::*;

/// A pure wheel with these files and the given `RECORD`.
fn with_record(files: &[(&str, &[u8])], record: &str) -> Vec<u8> {
    let mut all: Vec<(String, Vec<u8>)> = files
        .iter()
        .map(|(path, data)| ((*path).to_owned(), data.to_vec()))
        .collect();
    for (file, data) in [
        ("METADATA", METADATA.as_bytes()),
        ("WHEEL", HEAD),
        ("RECORD", record.as_bytes()),
    ] {
        all.push((format!("fast-1.0.dist-info/{file}"), data.to_vec()));
    }
    pack(&all)
}

/// The lines of a `RECORD` for the two other files of [`with_record`], with their `hashlib.sha256` values.
const RECORDED: &str = "\
fast-1.0.dist-info/METADATA,sha256=uL6_OYgNRs1tnocQy7NdL7p_-eilAJr6xLYRcNmOtpw,24
fast-1.0.dist-info/WHEEL,sha256=JCVX9z8V-js2aV5qmQR2E3fiCs-Yu3vPO91cCBmO1JM,59
";

#[test]
fn wr0605_a_record_that_lists_something_else() {
    let found = inspect_wheel(&with_record(&[("fast.py", b"")], RECORDED), PURE).unwrap();
    assert_eq!(found.diagnostics[0].code.as_str(), "WR0605");
    assert_eq!(found.facts.unrecorded, ["fast.py"]);
}

#[test]
fn wr0605_a_file_that_was_changed() {
    // The module's `hashlib.sha256` value.
    const MODULE: &str = "sha256=nia_NpkRxFwkPGhBR7I_yeHc_PJX0pmhxjIBam_NM_Q";
    let look = |module: &str, metadata: &str| {
        let recorded = RECORDED.replace("sha256=uL6", metadata);
        let record = format!("fast.py,{module}\n{recorded}");
        inspect_wheel(&with_record(&[("fast.py", b"x = 1\n")], &record), PURE).unwrap()
    };
    let healthy = look(&format!("{MODULE},6"), "sha256=uL6");
    assert_eq!(healthy.diagnostics, []);
    assert_eq!(healthy.facts.hashed, 3);
    let check = |module: &str, metadata: &str, path: &str, recorded: &str| {
        let found = look(module, metadata);
        assert_eq!(found.diagnostics[0].code.as_str(), "WR0605");
        assert_eq!(
            found.diagnostics[0].message,
            format!("`{path}` doesn't match its entry in RECORD")
        );
        assert_eq!(found.facts.altered.len(), 1);
        assert!(found.facts.altered[0].recorded.starts_with(recorded));
    };
    check(&format!("{MODULE},5"), "sha256=uL6", "fast.py", "5 bytes");
    check("sha256=AAAA,6", "sha256=uL6", "fast.py", "sha256=AAAA");
    check(
        &format!("{MODULE},6"),
        "sha256=AAAA",
        "fast-1.0.dist-info/METADATA",
        "sha256=AAAA",
    );
}

/// A different file of the same size: only its hash shows it, and that's only computed on request.
#[test]
fn wr0605_all_hashes_are_compared_on_request() {
    let files: [(&str, &[u8]); 2] = [("fast.py", b"x = 1\n"), ("libfast.so", b"not one")];
    for changed in 0..2 {
        let line = |index: usize| {
            let (path, data) = files[index];
            if index == changed {
                format!("{path},sha256=AAAA,{}\n", data.len())
            } else {
                String::from_utf8(record("", &[(path.to_owned(), data.to_vec())]).1)
                    .unwrap()
                    .replace("/RECORD,,\n", "")
            }
        };
        let bytes = with_record(&files, &format!("{}{}{RECORDED}", line(0), line(1)));
        let look = |hashes| inspect_wheel_from(Cursor::new(&bytes), PURE, hashes).unwrap();
        let quick = look(Hashes::OfTexts);
        assert_eq!((quick.facts.hashed, quick.diagnostics.len()), (2, 0));
        let thorough = look(Hashes::OfAll);
        assert_eq!(thorough.facts.hashed, 4);
        assert_eq!(
            thorough.diagnostics[0].message,
            format!("`{}` doesn't match its entry in RECORD", files[changed].0)
        );
    }
}

/// The findings for a pure wheel with these files and this `RECORD`.
fn of_record(files: &[(&str, &[u8])], record: &str) -> Vec<String> {
    let found = inspect_wheel(&with_record(files, &format!("{record}{RECORDED}")), PURE);
    let found = found.unwrap().diagnostics;
    found
        .into_iter()
        .map(|finding| format!("{} {}", finding.code, finding.message))
        .collect()
}

#[test]
fn wr0605_weak_hashes() {
    let files: [(&str, &[u8]); 2] = [("a.py", b""), ("b.py", b"")];
    assert_eq!(
        of_record(&files, "a.py,md5=1B2M2Y8AsgTpgAmY7PhCfg,0\nb.py,sha1=x,0\n"),
        ["WR0605 `a.py` has a hash in RECORD that is too weak, and 1 other"]
    );
    assert_eq!(
        of_record(&files, "a.py,,0\nb.py,,0\n"),
        ["WR0605 `a.py` has no hash in RECORD, and 1 other"]
    );
    // The `hashlib` values for empty input.
    let good = "a.py,sha512=z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg_SpIdNs6c5H0NE8XYXysP-DGNKHfuwvY7kxvUdBeoGlODJ6-SfaPg,0\n\
                b.py,sha384=OLBgp1GsljhM2TJ-sbHjaiH9txEUvgdDTAzHv2P24donTt6_529l-9Ua0vFImLlb,0\n";
    assert_eq!(of_record(&files, good), [""; 0]);
    assert_eq!(
        of_record(&files, &good.replace("sha512=z", "sha512=y")),
        ["WR0605 `a.py` doesn't match its entry in RECORD"]
    );
}

#[test]
fn wr0605_a_listed_directory_exists() {
    let check = |directory: &str| {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        zip.add_directory("fast/", options).unwrap();
        let info = "fast-1.0.dist-info";
        let mut files = vec![
            (format!("{info}/METADATA"), METADATA.as_bytes().to_vec()),
            (format!("{info}/WHEEL"), HEAD.to_vec()),
        ];
        let (path, mut text) = record(info, &files);
        text.extend(
            format!("{directory},sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0\n").bytes(),
        );
        files.push((path, text));
        for (path, data) in files {
            zip.start_file(path, options).unwrap();
            std::io::Write::write_all(&mut zip, &data).unwrap();
        }
        let bytes = zip.finish().unwrap().into_inner();
        inspect_wheel(&bytes, PURE).unwrap().facts.missing
    };
    assert_eq!(check("fast/"), [""; 0]);
    assert_eq!(check("slow/"), ["slow/"]);
}
