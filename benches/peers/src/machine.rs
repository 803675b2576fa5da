//! Facts on the machine and on this process, as Linux has them.

use std::fs;
use std::time::Duration;

/// Clock ticks in a second of `/proc/self/stat`. Source: proc(5); 100 on every architecture that Rust runs on.
const TICKS: f64 = 100.0;

/// Returns the CPU time of this process, of its user and of the system; zero where it is not known.
pub(crate) fn cpu() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The second field is the name of the program in brackets, which may have blanks; the 14th and 15th are the times.
    let fields = stat
        .rsplit_once(')')
        .map_or("", |(_, fields)| fields)
        .split_whitespace();
    let ticks: f64 = fields
        .skip(11)
        .take(2)
        .filter_map(|field| field.parse::<f64>().ok())
        .sum();
    Duration::from_secs_f64(ticks / TICKS)
}

/// Returns the greatest resident memory of this process in bytes, mapped files included; 0 where it is not known.
pub(crate) fn peak_bytes() -> u64 {
    status("VmHWM:") * 1024
}

/// Returns the number after `key` in the status of this process.
fn status(key: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(key));
    let number = line.and_then(|line| line.split_whitespace().next());
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// Returns the machine in a line: processor, cores, memory.
pub(crate) fn description() -> String {
    let after = |file: &str, key: &str| {
        let text = fs::read_to_string(file).unwrap_or_default();
        let value = text.lines().find_map(|line| line.strip_prefix(key)?.split_once(':'));
        value.map_or_else(|| "unknown".to_owned(), |(_, value)| value.trim().to_owned())
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kilobytes = memory
        .split_whitespace()
        .nth(1)
        .and_then(|number| number.parse().ok())
        .unwrap_or(0.0);
    format!(
        "{}, {cores} cores, {:.0} GB; load average {}",
        after("/proc/cpuinfo", "model name"),
        kilobytes * 1024.0 / 1e9,
        fs::read_to_string("/proc/loadavg")
            .unwrap_or_default()
            .split_whitespace()
            .next()
            .unwrap_or("unknown"),
    )
}
