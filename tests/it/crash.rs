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
use crate::support::office::{DAY, Office, bytes_of, names_in, run, saring, text};

/// Name of the second result of the day.
const SECOND: &str = "2025-11-03-2";

/// What every test begins with: an office with a previous result and history, and what an undisturbed run makes of it.
struct Scene {
    office: PathBuf,
    previous: BTreeMap<String, Vec<u8>>,
    result: BTreeMap<String, Vec<u8>>,
    history: BTreeMap<String, Vec<u8>>,
    /// How long an undisturbed run takes.
    lasts: Duration,
}

fn scene() -> &'static Scene {
    static SCENE: OnceLock<Scene> = OnceLock::new();
    SCENE.get_or_init(|| {
        let office = Office::invent("crash", 200);
        let export = std::fs::read(office.export()).unwrap();
        // The previous run had the first half of the export.
        office.edit(|table| table.rows.truncate(100));
        office.screen(&[]).ends(0);
        std::fs::write(office.export(), export).unwrap();
        let previous = bytes_of(&office.latest());
        let undisturbed = cp(&office.folder, &folder("crash-undisturbed").join("kantor"));
        let started = Instant::now();
        undisturbed.screen(&[]).ends(0);
        let lasts = started.elapsed();
        let (result, history) = (bytes_of(&undisturbed.latest()), bytes_of(&undisturbed.folder.join("riwayat")));
        Scene { office: office.folder, previous, result, history, lasts }
    })
}

/// Copies an office with links and modes.
fn cp(from: &Path, to: &Path) -> Office {
    run(Command::new("cp").arg("-a").arg(from).arg(to)).ends(0);
    Office { folder: to.to_owned() }
}

impl Scene {
    /// The office of the scene for a test alone.
    fn office(&self, test: &str) -> Office {
        cp(&self.office, &folder(&format!("crash-{test}")).join("kantor"))
    }

    /// What holds at every moment.
    #[track_caller]
    fn assert_whole(&self, office: &Office) {
        let out = results(office);
        assert!(bytes_of(&out.join(DAY)) == self.previous, "the previous result was touched");
        for name in names_in(&out) {
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
    fn assert_converges(&self, office: &Office) {
        office.screen(&[]).ends(0);
        let out = results(office);
        assert_eq!(names_in(&out), [".kunci", DAY, SECOND, "terbaru"]);
        assert_eq!(std::fs::read_link(out.join("terbaru")).unwrap(), Path::new(SECOND));
        assert!(bytes_of(&out.join(SECOND)) == self.result, "another result than that of an undisturbed run");
        assert!(bytes_of(&out.join(DAY)) == self.previous);
        assert!(bytes_of(&office.folder.join("riwayat")) == self.history, "another history");
    }
}

fn results(office: &Office) -> PathBuf {
    office.folder.join("hasil")
}

fn start(office: &Office) -> Child {
    office.verb("screen").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
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
    let mut office = scene.office("clock");
    for _ in 0..25 {
        let mut child = start(&office);
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
        scene.assert_whole(&office);
        // What killed runs left stays for the next one to be killed, until one got as far as a result.
        if results(&office).join(SECOND).exists() {
            scene.assert_converges(&office);
            office = scene.office("clock");
        }
    }
    scene.assert_converges(&office);
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
        let office = scene.office("publishing");
        let (out, before) = (results(&office), names_in(&office.folder.join("riwayat")));
        let mut child = start(&office);
        // So many files must be there before it is killed; eleven stands for the moment after the rename, twelve for the
        // first file of history.
        let files = draw.below(13);
        let reached = || match files {
            12 => names_in(&office.folder.join("riwayat")) != before,
            11 => out.join(SECOND).exists(),
            files => staged(&out).is_some_and(|n| n >= files) || out.join(SECOND).exists(),
        };
        while !reached() && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        kill(child);
        left += usize::from(staged(&out).is_some());
        scene.assert_whole(&office);
        scene.assert_converges(&office);
    }
    assert!(left > 0, "no run was killed while it published");
}

#[test]
fn what_a_killed_run_left_is_cleared_away() {
    let scene = scene();
    let office = scene.office("stale");
    let out = results(&office);
    std::fs::create_dir(out.join(".sedang-0123456789abcdef")).unwrap();
    std::fs::write(out.join(".sedang-0123456789abcdef/rujukan.csv"), "half").unwrap();
    // Killed between making the new pointer and putting it in place.
    std::os::unix::fs::symlink(SECOND, out.join(".sedang-terbaru")).unwrap();
    scene.assert_converges(&office);
    // Killed after the rename and before the pointer: the result is found and pointed to.
    std::fs::remove_file(out.join("terbaru")).unwrap();
    std::os::unix::fs::symlink(DAY, out.join("terbaru")).unwrap();
    assert!(office.screen(&[]).ends(0).out.contains("published before"));
    scene.assert_converges(&office);
}

#[test]
fn a_second_run_stands_back_while_the_first_holds_the_lock() {
    let scene = scene();
    let office = scene.office("lock");
    let lock = File::options().write(true).open(results(&office).join(".kunci")).unwrap();
    lock.try_lock().unwrap();
    let locked = office.screen(&[]).ends(6);
    assert!(locked.err.contains("LOCKED"), "{}", locked.err);
    assert_eq!(names_in(&results(&office)), [".kunci", DAY, "terbaru"]);
    lock.unlock().unwrap();
    scene.assert_converges(&office);
}

#[test]
fn runs_started_together_publish_once() {
    let scene = scene();
    let office = scene.office("together");
    let children: Vec<Child> = (0..3).map(|_| start(&office)).collect();
    let codes: Vec<Option<i32>> =
        children.into_iter().map(|child| child.wait_with_output().unwrap().status.code()).collect();
    // One that comes when another has ended finds its result there and is done, too.
    assert!(codes.iter().all(|code| matches!(code, Some(0 | 6))) && codes.contains(&Some(0)), "{codes:?}");
    scene.assert_whole(&office);
    scene.assert_converges(&office);
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
    // Flushes: 1 to 6 of history, the two files of its month and its index, each with its folder; 7 to 23 of the files, the
    // manifest last; 24 of the staging directory; 25 and 26 of the folder of results after each of its two renames. Renames:
    // three of history before those two.
    let calls = [1, 2, 3, 4, 5, 6, 7, 11, 23, 24, 25, 26].map(|at| ("fsync", at));
    for (call, at) in calls.into_iter().chain([1, 2, 3, 4, 5].map(|at| ("rename", at))) {
        let office = scene.office("eio");
        let mut traced = Command::new("strace");
        traced.args(["-f", "-qq", "--seccomp-bpf", "-o", "/dev/null", "-e", &format!("trace={call}")]);
        traced.args(["-e", &format!("inject={call}:error=EIO:when={at}"), env!("CARGO_BIN_EXE_saring"), "screen"]);
        traced.args(["--as-of", DAY, "--office", text(&office.folder)]);
        let failed = run(&mut traced).ends(7);
        scene.assert_whole(&office);
        let published = results(&office).join(SECOND).exists();
        assert_eq!(published, matches!((call, at), ("fsync", 25 | 26) | ("rename", 5)), "{call} {at}");
        assert_eq!(failed.err.contains("nothing was published"), !published, "{call} {at}: {}", failed.err);
        scene.assert_converges(&office);
    }
}

#[test]
fn a_full_disk_at_any_file_publishes_nothing() {
    let scene = scene();
    let (office, disk) = (scene.office("full"), folder("crash-full-disk"));
    let need: usize = scene.result.values().map(|bytes| bytes.len().div_ceil(4096) * 4).sum();
    // A disk with room for the previous result and a few KB more, up to the size that holds everything.
    let script = r#"
        saring=$1 office=$2 before=$3 disk=$4 last=$5
        for kb in $(seq 0 8 "$last"); do
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
    let (before, last) = (results(&office), (need + 16).to_string());
    let saring = env!("CARGO_BIN_EXE_saring");
    let arguments = [saring, text(&office.folder), text(&before), text(&disk), last.as_str()];
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
    assert!(codes.iter().filter(|code| **code == "7").count() > 4, "{told}");
}

#[test]
fn a_read_only_disk_is_a_storage_failure() {
    let scene = scene();
    let office = scene.office("read-only");
    // Neither can be made a folder of, whoever asks.
    for place in ["/proc/hasil", "/dev/null/hasil"] {
        let refused = office.screen(&["--out", place]).ends(7);
        assert!(refused.err.contains("OUT_WRITE") && refused.err.contains(place), "{}", refused.err);
    }
    let script = r#"
        mount -t tmpfs tmpfs "$3"
        cp -a "$2" "$3/kantor"
        mount -o remount,ro "$3"
        code=0
        "$1" screen --as-of 2025-11-03 --office "$3/kantor" 2>&1 || code=$?
        "$1" verify "$3/kantor/hasil/terbaru"
        echo "exit $code"; ls -A "$3/kantor/hasil""#;
    let disk = folder("crash-read-only-disk");
    let arguments = [env!("CARGO_BIN_EXE_saring"), text(&office.folder), text(&disk)];
    let Some(told) = with_own_mounts(script, &arguments) else { return };
    assert!(told.contains("the file system is read-only") && told.contains("0 at fault"), "{told}");
    assert!(told.ends_with("exit 7\n.kunci\n2025-11-03\nterbaru\n"), "{told}");
}

#[test]
fn a_limit_on_file_sizes_publishes_nothing() {
    let scene = scene();
    let office = scene.office("limit");
    // Blocks of 512 bytes: enough for the lock, too little for the workbook.
    let limited = run(Command::new("sh")
        .args(["-c", "ulimit -f 8; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_saring"), "screen", "--as-of", DAY])
        .args(["--office", text(&office.folder)]));
    // The system may end the process by a signal instead of failing the write.
    assert!(matches!(limited.code, None | Some(7)), "{limited:?}");
    scene.assert_whole(&office);
    assert!(!results(&office).join(SECOND).exists());
    scene.assert_converges(&office);
}

#[test]
fn output_that_nobody_can_take_does_not_stop_a_run() {
    let scene = scene();
    for (name, script) in [
        ("full", "exec \"$@\" >/dev/full"),
        ("closed", "exec \"$@\" <&- >&- 2>&-"),
        ("gone", "\"$@\" | true"),
        ("full-errors", "exec \"$@\" 2>/dev/full"),
    ] {
        let office = scene.office(&format!("output-{name}"));
        let ran = run(Command::new("sh")
            .args(["-c", script, "sh", env!("CARGO_BIN_EXE_saring"), "screen", "--as-of", DAY])
            .args(["--office", text(&office.folder)]))
        .ends(0);
        assert!(ran.err.is_empty(), "{name}: {}", ran.err);
        scene.assert_converges(&office);
    }
    // A reader that has seen enough is no failure.
    let fields =
        run(Command::new("sh").args(["-c", "\"$0\" fields | head -n 1", env!("CARGO_BIN_EXE_saring")])).ends(0);
    assert!(fields.err.is_empty() && fields.out.lines().count() == 1, "{fields:?}");
}

#[test]
fn a_result_cannot_be_published_over_a_link_out_of_the_folder() {
    // Whatever stands under the name of the day is left alone: the result takes the next free name.
    let office = scene().office("link");
    let (out, elsewhere) = (results(&office), folder("crash-link-elsewhere"));
    std::fs::remove_dir_all(&out).unwrap();
    std::fs::create_dir(&out).unwrap();
    std::os::unix::fs::symlink(&elsewhere, out.join(DAY)).unwrap();
    office.screen(&[]).ends(0);
    assert!(names_in(&elsewhere).is_empty());
    assert_eq!(names_in(&out), [".kunci", DAY, SECOND, "terbaru"]);
    saring(&["verify", text(&out.join("terbaru"))]).ends(0);
}
