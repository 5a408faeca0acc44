//! How much memory there is for `wr` and everything that it starts.

/// The machine's memory, or less if a control group allows less (the kernel's `cgroup-v2` document, `memory.max`), in bytes.
#[cfg(target_os = "linux")]
pub(super) fn available() -> Option<u64> {
    let info = rustix::system::sysinfo();
    let unit = u64::from(info.mem_unit);
    #[allow(
        clippy::useless_conversion,
        reason = "an `unsigned long` has 32 bits on some platforms"
    )]
    let machine = u64::from(info.totalram).checked_mul(unit)?;
    Some(of_control_groups().map_or(machine, |group| group.min(machine)))
}

/// The lowest limit among the control groups of this process, if they have any.
#[cfg(target_os = "linux")]
fn of_control_groups() -> Option<u64> {
    let all = std::fs::read_to_string("/proc/self/cgroup").ok()?;
    let own = all.lines().find_map(|line| line.strip_prefix("0::/"))?;
    let root = std::path::Path::new("/sys/fs/cgroup");
    root.join(own)
        .ancestors()
        .take_while(|dir| dir.starts_with(root))
        .filter_map(|dir| std::fs::read_to_string(dir.join("memory.max")).ok())
        .filter_map(|text| text.trim().parse().ok())
        .min()
}

#[cfg(not(target_os = "linux"))]
pub(super) fn available() -> Option<u64> {
    None
}
