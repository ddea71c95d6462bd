//! Runs that are killed, meet a full or read-only disk, or meet each other: the previous result stands, nothing is half
//! published, and the next run ends as if nothing had happened.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{OnceLock, mpsc};
use std::time::{Duration, Instant};

use saring::report::verify;

use crate::made::{Draw, folder};
use crate::support::office::{DAY, Office, bytes_of, copy, names_in, run, saring, text};

/// Name of the second result of the day.
const SECOND: &str = "2025-11-03-2";

/// An office with a previous result, and what an undisturbed run gives.
struct Scene {
    office: Office,
    /// A folder of results with one in it.
    before: PathBuf,
    previous: BTreeMap<String, Vec<u8>>,
    expected: BTreeMap<String, Vec<u8>>,
    /// How long an undisturbed run takes.
    lasts: Duration,
}

fn scene() -> &'static Scene {
    static SCENE: OnceLock<Scene> = OnceLock::new();
    SCENE.get_or_init(|| {
        let office = Office::invent("crash", 200);
        // Another capacity is another run: the previous one.
        let previous = bytes_of(&office.screen_to("before", &["--capacity", "2"]));
        let started = Instant::now();
        let expected = bytes_of(&office.screen_to("undisturbed", &[]));
        let lasts = started.elapsed();
        Scene { before: office.folder.parent().unwrap().join("before"), office, previous, expected, lasts }
    })
}

impl Scene {
    /// A folder of results with the previous one in it.
    fn results(&self, name: &str) -> PathBuf {
        let out = folder(&format!("crash-{name}"));
        copy(&self.before.join(DAY), &out.join(DAY));
        std::os::unix::fs::symlink(DAY, out.join("terbaru")).unwrap();
        out
    }

    fn start(&self, out: &Path) -> Child {
        let mut screen = self.office.verb("screen");
        screen.arg("--out").arg(out).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// What holds at every moment.
    #[track_caller]
    fn assert_whole(&self, out: &Path) {
        assert!(bytes_of(&out.join(DAY)) == self.previous, "the previous result was touched");
        for name in names_in(out) {
            if name.starts_with('.') {
                assert!(name == ".kunci" || name.starts_with(".sedang-"), "{name}");
            } else {
                let found = verify(&out.join(&name)).unwrap_or_else(|e| panic!("{name}: {e}"));
                assert!(found.faults.is_empty(), "{name}: {:?}", found.faults);
            }
        }
    }

    /// The next run gives what an undisturbed one gives, and clears away what was left.
    #[track_caller]
    fn assert_converges(&self, out: &Path) {
        self.office.screen(&["--out", text(out)]).ends(0);
        assert_eq!(names_in(out), [".kunci", DAY, SECOND, "terbaru"]);
        assert_eq!(std::fs::read_link(out.join("terbaru")).unwrap(), Path::new(SECOND));
        assert!(bytes_of(&out.join(SECOND)) == self.expected, "other bytes than an undisturbed run");
        assert!(bytes_of(&out.join(DAY)) == self.previous);
    }
}

/// Kills a child and says whether it was still running.
fn kill(mut child: Child) -> bool {
    child.kill().unwrap();
    child.wait().unwrap().code().is_none()
}

#[test]
fn a_run_killed_at_any_moment_leaves_the_previous_result() {
    let scene = scene();
    let mut draw = Draw(9);
    let mut killed = 0;
    for _ in 0..25 {
        let out = scene.results("clock");
        let mut child = scene.start(&out);
        // Its output ends when it does; until then we wait for the moment, a seeded part of an undisturbed run.
        let mut output = child.stdout.take().unwrap();
        let (tell, ended) = mpsc::channel();
        let reader = std::thread::spawn(move || {
            let _ = output.read_to_end(&mut Vec::new());
            let _ = tell.send(());
        });
        let moment = scene.lasts.mul_f64(f64::from(u32::try_from(draw.below(1000)).unwrap()) / 1000.0);
        let _ = ended.recv_timeout(moment);
        killed += usize::from(kill(child));
        reader.join().unwrap();
        scene.assert_whole(&out);
        scene.assert_converges(&out);
    }
    assert!(killed > 0, "every run ended before its moment");
}

/// Files in the staging directory of a folder of results, if there is one.
fn staged(out: &Path) -> Option<usize> {
    let staging = names_in(out).into_iter().find(|name| name.starts_with(".sedang-"))?;
    std::fs::read_dir(out.join(staging)).ok().map(Iterator::count)
}

#[test]
fn a_run_killed_while_it_publishes_leaves_the_previous_result() {
    let scene = scene();
    let mut draw = Draw(10);
    let mut left = 0;
    for _ in 0..25 {
        let out = scene.results("publishing");
        let mut child = scene.start(&out);
        // So many files must be there before it is killed; eleven stands for the moment after the rename.
        let files = draw.below(12);
        let reached = || match files {
            11 => out.join(SECOND).exists(),
            files => staged(&out).is_some_and(|n| n >= files) || out.join(SECOND).exists(),
        };
        while !reached() && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        kill(child);
        left += usize::from(staged(&out).is_some());
        scene.assert_whole(&out);
        scene.assert_converges(&out);
    }
    assert!(left > 0, "no run was killed while it published");
}

#[test]
fn what_a_killed_run_left_is_cleared_away() {
    let scene = scene();
    let out = scene.results("stale");
    std::fs::create_dir(out.join(".sedang-0123456789abcdef")).unwrap();
    std::fs::write(out.join(".sedang-0123456789abcdef/rujukan.csv"), "half").unwrap();
    // Killed between making the new pointer and putting it in place.
    std::os::unix::fs::symlink(SECOND, out.join(".sedang-terbaru")).unwrap();
    scene.assert_converges(&out);
    // Killed after the rename and before the pointer: the result is found and pointed to.
    std::fs::remove_file(out.join("terbaru")).unwrap();
    std::os::unix::fs::symlink(DAY, out.join("terbaru")).unwrap();
    assert!(scene.office.screen(&["--out", text(&out)]).ends(0).out.contains("published before"));
    scene.assert_converges(&out);
}

#[test]
fn a_second_run_stands_back_while_the_first_holds_the_lock() {
    let scene = scene();
    let out = scene.results("lock");
    let lock = File::create(out.join(".kunci")).unwrap();
    lock.try_lock().unwrap();
    let locked = scene.office.screen(&["--out", text(&out)]).ends(6);
    assert!(locked.err.contains("LOCKED"), "{}", locked.err);
    assert_eq!(names_in(&out), [".kunci", DAY, "terbaru"]);
    lock.unlock().unwrap();
    scene.assert_converges(&out);
}

#[test]
fn runs_started_together_publish_once() {
    let scene = scene();
    let out = scene.results("together");
    let children: Vec<Child> = (0..3).map(|_| scene.start(&out)).collect();
    let codes: Vec<Option<i32>> =
        children.into_iter().map(|child| child.wait_with_output().unwrap().status.code()).collect();
    // One that comes when another has ended finds its result there and is done, too.
    assert!(codes.iter().all(|code| matches!(code, Some(0 | 6))) && codes.contains(&Some(0)), "{codes:?}");
    scene.assert_whole(&out);
    scene.assert_converges(&out);
}

/// Says that a test could not be made here; straight to the terminal, since what a passing test prints is hidden.
fn skipped(why: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {why}");
}

/// Runs a shell script with a file system of its own, where this system lets an ordinary user have one.
fn with_own_mounts(script: &str, arguments: &[&str]) -> Option<String> {
    let possible = Command::new("unshare").args(["-rm", "true"]).output().is_ok_and(|o| o.status.success());
    if !possible {
        skipped("this system has no user namespaces, so no small or read-only disk can be made");
        return None;
    }
    let ran = run(Command::new("unshare").args(["-rm", "sh", "-eu", "-c", script, "sh"]).args(arguments));
    Some(ran.ends(0).out)
}

#[test]
fn a_disk_that_fails_once_publishes_a_whole_result_or_none() {
    let scene = scene();
    if Command::new("strace").arg("-V").output().is_err() {
        return skipped("without strace no call can be made to fail");
    }
    // Ten files, the staging directory, the folder of results after each of its two renames.
    let flushes = (1..=13).map(|at| ("fsync", at));
    for (call, at) in flushes.chain([("rename", 1), ("rename", 2)]) {
        let out = scene.results("eio");
        let mut traced = Command::new("strace");
        traced.args(["-f", "-qq", "--seccomp-bpf", "-o", "/dev/null", "-e", &format!("trace={call}")]);
        traced.args(["-e", &format!("inject={call}:error=EIO:when={at}"), env!("CARGO_BIN_EXE_saring"), "screen"]);
        traced.args(["--as-of", DAY, "--office", text(&scene.office.folder), "--out", text(&out)]);
        let failed = run(&mut traced).ends(7);
        scene.assert_whole(&out);
        let published = out.join(SECOND).exists();
        assert_eq!(published, (call, at) > ("fsync", 11) && (call, at) != ("rename", 1), "{call} {at}");
        assert_eq!(failed.err.contains("nothing was published"), !published, "{call} {at}: {}", failed.err);
        scene.assert_converges(&out);
    }
}

#[test]
fn a_full_disk_at_any_file_publishes_nothing() {
    let scene = scene();
    let disk = folder("crash-full");
    let need: usize = scene.expected.values().map(|bytes| bytes.len().div_ceil(4096) * 4).sum();
    // A disk with room for the previous result and a few KB more, up to the size that holds everything.
    let script = r#"
        saring=$1 office=$2 before=$3 disk=$4 last=$5
        for kb in $(seq 0 4 "$last"); do
            mount -t tmpfs -o size=4m tmpfs "$disk"
            cp -a "$before" "$disk/hasil"
            used=$(df -k --output=used "$disk" | tail -n 1)
            mount -o remount,size=$((used + kb))k "$disk"
            code=0
            "$saring" screen --as-of 2025-11-03 --office "$office" --out "$disk/hasil" >"$disk.out" 2>"$disk.err" || code=$?
            grep -q 'OUT_WRITE' "$disk.err" && told=told || told=silent
            "$saring" verify "$disk/hasil/terbaru" >/dev/null && whole=whole || whole=broken
            echo "$kb $code $told $whole" $(ls -A "$disk/hasil")
            umount "$disk"
        done"#;
    let out = folder("crash-full-before");
    copy(&scene.before.join(DAY), &out.join(DAY));
    std::os::unix::fs::symlink(DAY, out.join("terbaru")).unwrap();
    let last = (need + 16).to_string();
    let arguments = [env!("CARGO_BIN_EXE_saring"), text(&scene.office.folder), text(&out), text(&disk), last.as_str()];
    let Some(told) = with_own_mounts(script, &arguments) else { return };
    let mut codes = Vec::new();
    for line in told.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        match words[1..4] {
            ["7", "told", "whole"] => assert!(!words.contains(&SECOND) && !line.contains(".sedang"), "{line}"),
            ["0", "silent", "whole"] => assert_eq!(words[4..], [".kunci", DAY, SECOND, "terbaru"], "{line}"),
            _ => panic!("{line}"),
        }
        codes.push(words[1]);
    }
    assert!(codes.first() == Some(&"7") && codes.last() == Some(&"0"), "{told}");
    assert!(codes.iter().filter(|code| **code == "7").count() > 5, "{told}");
}

#[test]
fn a_read_only_disk_is_a_storage_failure() {
    let scene = scene();
    // Neither can be made a folder of, whoever asks.
    for place in ["/proc/hasil", "/dev/null/hasil"] {
        let refused = scene.office.screen(&["--out", place]).ends(7);
        assert!(refused.err.contains("OUT_WRITE") && refused.err.contains(place), "{}", refused.err);
    }
    let script = r#"
        mount -t tmpfs tmpfs "$4"
        cp -a "$3" "$4/hasil"
        mount -o remount,ro "$4"
        code=0
        "$1" screen --as-of 2025-11-03 --office "$2" --out "$4/hasil" 2>&1 || code=$?
        "$1" verify "$4/hasil/terbaru"
        echo "exit $code"; ls -A "$4/hasil""#;
    let disk = folder("crash-read-only");
    let arguments = [env!("CARGO_BIN_EXE_saring"), text(&scene.office.folder), text(&scene.before), text(&disk)];
    let Some(told) = with_own_mounts(script, &arguments) else { return };
    assert!(told.contains("the file system is read-only") && told.contains("0 at fault"), "{told}");
    assert!(told.ends_with("exit 7\n.kunci\n2025-11-03\nterbaru\n"), "{told}");
}

#[test]
fn a_limit_on_file_sizes_publishes_nothing() {
    let scene = scene();
    let out = scene.results("limit");
    // Blocks of 512 bytes: enough for the lock, too little for the workbook.
    let limited = run(Command::new("sh")
        .args(["-c", "ulimit -f 8; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_saring")])
        .args(["screen", "--as-of", DAY, "--office", text(&scene.office.folder), "--out", text(&out)]));
    // The system may end the process by a signal instead of failing the write.
    assert!(matches!(limited.code, None | Some(7)), "{limited:?}");
    scene.assert_whole(&out);
    assert!(!out.join(SECOND).exists());
    scene.assert_converges(&out);
}

#[test]
fn output_that_nobody_can_take_does_not_stop_a_run() {
    let scene = scene();
    let shell = |script: &str, out: &Path| {
        run(Command::new("sh")
            .args(["-c", script, "sh", env!("CARGO_BIN_EXE_saring"), "screen", "--as-of", DAY])
            .args(["--office", text(&scene.office.folder), "--out", text(out)]))
    };
    for (name, script) in [
        ("full", "exec \"$@\" >/dev/full"),
        ("closed", "exec \"$@\" <&- >&- 2>&-"),
        ("gone", "\"$@\" | true"),
        ("full-errors", "exec \"$@\" 2>/dev/full"),
    ] {
        let out = scene.results(name);
        let ran = shell(script, &out).ends(0);
        assert!(ran.err.is_empty(), "{name}: {}", ran.err);
        scene.assert_whole(&out);
        scene.assert_converges(&out);
    }
    // A reader that has seen enough is no failure.
    let fields =
        run(Command::new("sh").args(["-c", "\"$0\" fields | head -n 1", env!("CARGO_BIN_EXE_saring")])).ends(0);
    assert!(fields.err.is_empty() && fields.out.lines().count() == 1, "{fields:?}");
}

#[test]
fn a_result_cannot_be_published_over_a_link_out_of_the_folder() {
    // Whatever stands under the name of the day is left alone: the result takes the next free name.
    let scene = scene();
    let out = folder("crash-link");
    let elsewhere = folder("crash-link-elsewhere");
    std::os::unix::fs::symlink(&elsewhere, out.join(DAY)).unwrap();
    scene.office.screen(&["--out", text(&out)]).ends(0);
    assert!(names_in(&elsewhere).is_empty());
    assert_eq!(names_in(&out), [".kunci", DAY, SECOND, "terbaru"]);
    saring(&["verify", text(&out.join("terbaru"))]).ends(0);
}
