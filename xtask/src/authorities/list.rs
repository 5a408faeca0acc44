//! The list of wheels, and downloading them with pip.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anatomy::wheel::{Tag, WheelName};
use anyhow::{Context, bail};
use rayon::prelude::*;

use super::tools::{self, Tools};

/// A wheel on the list.
#[derive(Debug)]
pub(super) struct Listed {
    pub(super) sha256: String,
    pub(super) file: String,
    pub(super) name: WheelName,
}

const LIST: &str = "xtask/data/authorities/wheels.txt";

pub(super) fn read() -> anyhow::Result<Vec<Listed>> {
    let path = crate::tidy::workspace_root()?.join(LIST);
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {LIST}"))?;
    text.lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| {
            let (sha256, file) = line
                .split_once("  ")
                .with_context(|| format!("{LIST}: `{line}` is not `sha256  file`"))?;
            Ok(Listed {
                sha256: sha256.to_owned(),
                name: file.parse().with_context(|| LIST.to_owned())?,
                file: file.to_owned(),
            })
        })
        .collect()
}

/// The paths of the wheels, in list order; missing ones are downloaded.
pub(super) fn fetch(
    listed: &[Listed],
    tools: &Tools,
    directory: &Path,
) -> anyhow::Result<Vec<PathBuf>> {
    fs::create_dir_all(directory)?;
    let missing: Vec<&Listed> = listed
        .iter()
        .filter(|one| !directory.join(&one.file).is_file())
        .collect();
    missing.par_iter().try_for_each(|one| {
        println!("fetching {}", one.file);
        download(one, tools, directory).with_context(|| {
            format!(
                "cannot fetch {}: see that the package index can be reached, and that the file is still there",
                one.file
            )
        })
    })?;
    Ok(listed.iter().map(|one| directory.join(&one.file)).collect())
}

/// Downloads a wheel with pip: exactly this file, according to the hash.
fn download(one: &Listed, tools: &Tools, directory: &Path) -> anyhow::Result<()> {
    let requirement = directory.join(format!("{}.txt", one.file));
    fs::write(
        &requirement,
        format!(
            "{}=={} --hash=sha256:{}\n",
            one.name.distribution, one.name.version, one.sha256
        ),
    )?;
    let result = tools::run(
        Command::new(tools.python())
            .args(["-m", "pip", "download", "--quiet", "--no-deps"])
            .args(["--only-binary=:all:", "--require-hashes"])
            // A wheel may be tagged `cp38-abi3` and still require Python 3.9 or later.
            .arg("--ignore-requires-python")
            .args(target(&one.name)?)
            .arg("--dest")
            .arg(directory)
            .arg("--requirement")
            .arg(&requirement),
    );
    fs::remove_file(&requirement)?;
    result?;
    if !directory.join(&one.file).is_file() {
        bail!("pip chose a different wheel");
    }
    Ok(())
}

/// The options that make pip accept a wheel for another system.
fn target(name: &WheelName) -> anyhow::Result<Vec<String>> {
    let tag = name.tags.first().context("the wheel has no tag")?;
    Ok(options(tag, &name.tags))
}

/// The options for the Python of one tag, on the systems of all tags.
pub(super) fn options(tag: &Tag, tags: &[Tag]) -> Vec<String> {
    let (implementation, version) = python(tag);
    let mut options = vec![
        format!("--implementation={implementation}"),
        format!("--python-version={version}"),
    ];
    let abis: BTreeSet<&str> = tags.iter().map(|tag| tag.abi.as_str()).collect();
    let platforms: BTreeSet<&str> = tags.iter().map(|tag| tag.platform.as_str()).collect();
    options.extend(abis.iter().map(|abi| format!("--abi={abi}")));
    options.extend(
        platforms
            .iter()
            .map(|platform| format!("--platform={platform}")),
    );
    options
}

/// `cp39` and `pp310` name an implementation and a version; a wheel for every Python is requested with any.
fn python(tag: &Tag) -> (&str, String) {
    let digits = tag.python.find(|letter: char| letter.is_ascii_digit());
    let (implementation, digits) = digits.map_or(("cp", "312"), |at| tag.python.split_at(at));
    match anatomy::PythonVersion::from_digits(digits) {
        Some(version) if implementation != "py" => (implementation, version.to_string()),
        _ => ("cp", "3.12".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_read_and_names_many_packages() {
        let listed = read().unwrap();
        let packages: BTreeSet<String> = listed
            .iter()
            .map(|one| one.name.distribution.to_lowercase())
            .collect();
        assert!(listed.len() >= 145, "{}", listed.len());
        assert!(packages.len() >= 50, "{}", packages.len());
        assert!(listed.iter().all(|one| one.sha256.len() == 64));
    }

    #[test]
    fn pip_is_asked_for_the_platform_of_the_name() {
        let options = |file: &str| target(&file.parse().unwrap()).unwrap().join(" ");
        assert_eq!(
            options("a-1-cp39-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64.whl"),
            "--implementation=cp --python-version=3.9 --abi=abi3 --platform=manylinux2014_x86_64 \
             --platform=manylinux_2_17_x86_64"
        );
        assert_eq!(
            options("a-1-pp310-pypy310_pp73-win_amd64.whl"),
            "--implementation=pp --python-version=3.10 --abi=pypy310_pp73 --platform=win_amd64"
        );
        assert_eq!(
            options("a-1-py3-none-win_amd64.whl"),
            "--implementation=cp --python-version=3.12 --abi=none --platform=win_amd64"
        );
        assert_eq!(
            options("a-1-cp315-abi3.abi3t-win_amd64.whl"),
            "--implementation=cp --python-version=3.15 --abi=abi3 --abi=abi3t --platform=win_amd64"
        );
        assert_eq!(
            options("a-1-graalpy312-graalpy250_312_native-win_amd64.whl"),
            "--implementation=graalpy --python-version=3.12 --abi=graalpy250_312_native --platform=win_amd64"
        );
    }
}
