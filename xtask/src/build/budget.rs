//! The size budgets: what a person downloads, and what a page is handed. 1 KB is 1024 bytes.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use super::{files, slashed};

const KB: usize = 1024;

/// A row of the table: some files of the extension, weighed together.
struct Row {
    name: &'static str,
    raw: usize,
    gzip: usize,
    /// Bytes the gzip size may reach; `None` is only shown.
    limit: Option<usize>,
}

/// Prints every row; with `enforce` fails, naming the rows that are over.
pub fn report(extension: &Path, zip: &Path, enforce: bool) -> Result<()> {
    let rows = measure(extension, zip)?;
    print!("{}", table(&rows));
    let over: Vec<_> = rows.iter().filter(|row| row.is_over()).map(|row| row.name).collect();
    if enforce && !over.is_empty() {
        bail!("over budget: {}", over.join(", "));
    }
    Ok(())
}

/// Every row as JSON, in bytes.
pub fn rows(extension: &Path, zip: &Path) -> Result<Value> {
    let row = |row: &Row| json!({ "what": row.name, "raw": row.raw, "gzip": row.gzip, "limit": row.limit });
    Ok(measure(extension, zip)?.iter().map(row).collect())
}

fn measure(extension: &Path, zip: &Path) -> Result<Vec<Row>> {
    let all = files(extension)?;
    let row = |name, limit, of: &dyn Fn(&str) -> bool| -> Result<Row> {
        let (mut raw, mut gzip) = (0, 0);
        for path in all.iter().filter(|path| of(&slashed(path))) {
            let bytes = fs::read(extension.join(path))?;
            raw += bytes.len();
            gzip += gzipped(&bytes)?;
        }
        Ok(Row { name, raw, gzip, limit })
    };
    let zipped = fs::metadata(zip)?.len() as usize;
    Ok(vec![
        // A row catches an accidental jump. Milliseconds decide the design (`cargo xtask bench`), not these.
        // The main part: the visitor, the editors, and the imports of all lazy parts. Views in `view!` are larger than before.
        row("popup wasm", Some(220 * KB), &|path| path == "wasm/popup/popup_bg.wasm")?,
        // It counts bytes, follows tab ids, finds out why a page is closed, and has what its lazy parts share.
        row("background wasm", Some(64 * KB), &|path| path == "wasm/background/background_bg.wasm")?,
        // Recorded views, editing aids, the comparison with the server, and the pages beside the popup.
        row("its lazy parts", Some(400 * KB), &|path| is_part(path, "popup"))?,
        // The API client and the badge, which folds and checks recordings.
        row("and its lazy parts", Some(150 * KB), &|path| is_part(path, "background"))?,
        // It reads what the page holds with code of its own, where the page may have replaced the built-ins, tells a snippet that
        // waits for consent, and does no act past its time.
        row("all a page receives", Some(8 * KB), &|path| path == "page/probe.js")?,
        // Its copier knows dates, classes and proxies, as the probe's does.
        row("and a recorded one", Some(13 * KB), &|path| path.starts_with("page/re"))?,
        // Both programs know recordings, one to show and one to check: the background must not carry Leptos.
        // Each language beside English is 20 KB of it, and a browser takes no zip without the others. The first-run page
        // brings a page to practise on, since it loads none.
        Row { name: "zip", raw: zipped, gzip: zipped, limit: Some((835 + 5 * 20) * KB) },
        row("all the popup starts with", None, &|path| {
            path.starts_with("popup.") || path.starts_with("wasm/popup/popup")
        })?,
    ])
}

/// Whether it is a lazy part of a program; see [`super::split`].
fn is_part(path: &str, program: &str) -> bool {
    let name = path.strip_prefix("wasm/").and_then(|path| path.strip_prefix(program)).unwrap_or_default();
    name.ends_with(".wasm") && !name.ends_with("_bg.wasm")
}

impl Row {
    fn is_over(&self) -> bool {
        self.limit.is_some_and(|limit| self.gzip > limit)
    }
}

fn table(rows: &[Row]) -> String {
    let kb = |bytes: usize| format!("{:.1}", bytes as f64 / KB as f64);
    let mut text = format!("\n{:20} {:>9} {:>9} {:>9}   (KB of 1024 bytes)\n", "budget", "raw", "gzip", "limit");
    for row in rows {
        let limit = row.limit.map_or("-".to_owned(), kb);
        let mark = if row.is_over() { "  OVER" } else { "" };
        text += &format!("{:20} {:>9} {:>9} {:>9}{mark}\n", row.name, kb(row.raw), kb(row.gzip), limit);
    }
    text
}

fn gzipped(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An extension whose page script holds this many bytes that do not compress.
    fn with_page_script(bytes: usize) -> Result<()> {
        let dir = tempfile::tempdir().unwrap();
        let mut seed = 1u32;
        let noise = std::iter::repeat_with(|| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as u8
        });
        fs::create_dir_all(dir.path().join("page")).unwrap();
        fs::write(dir.path().join("page/probe.js"), noise.take(bytes).collect::<Vec<_>>()).unwrap();
        fs::write(dir.path().join("x.zip"), "").unwrap();
        report(dir.path(), &dir.path().join("x.zip"), true)
    }

    #[test]
    fn over_budget_fails_and_names_the_row() {
        assert!(with_page_script(2 * KB).is_ok());
        let error = with_page_script(20 * KB).unwrap_err().to_string();
        assert_eq!(error, "over budget: all a page receives");
    }
}
