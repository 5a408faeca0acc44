//! What a watch's tests leave behind ends with their run, not with the watch.

use std::time::{Duration, Instant};

use rustix::process::{Pid, test_kill_process};
use testkit::workshop;

use super::Watch;

#[test]
fn processes_in_sessions_of_their_own() {
    let at = workshop!("watch-left-behind");
    let id = "01_watch/01_left-behind";
    let leaving = |mark: &str| {
        format!(
            "import subprocess\n\n\ndef test_it():\n    \
             away = subprocess.Popen(['sleep', '4321'], start_new_session=True)\n    \
             below = subprocess.Popen(['sh', '-c', 'setsid sleep 4321 & echo $!; wait'], stdout=subprocess.PIPE)\n    \
             print(away.pid, int(below.stdout.readline()), file=open('left.txt', 'w'))\n    assert False, {mark:?}\n"
        )
    };
    at.course().python_exercise(id, &leaving("zero"));
    let (mut watch, _) = Watch::start(&at, id);
    for mark in ["one", "two"] {
        let left: Vec<Pid> = at
            .read(watch.file("left.txt"))
            .split_whitespace()
            .map(|pid| Pid::from_raw(pid.parse().unwrap()).unwrap())
            .collect();
        assert_eq!(left.len(), 2);
        let began = Instant::now();
        for pid in left {
            while test_kill_process(pid).is_ok() {
                let waited = began.elapsed();
                assert!(waited < Duration::from_secs(10), "{pid:?} outlives its run");
                std::thread::sleep(Duration::from_millis(5));
            }
        }
        watch.save("test_it.py", leaving(mark));
        watch.shows(mark);
    }
    watch.end();
}
