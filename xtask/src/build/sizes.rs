//! The sizes of the download, of a popup's start, and of what a page receives. They are printed and not limited; `cargo
//! xtask bench` measures their cost. 1 KB is 1024 bytes.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use crate::files::{files, slashed};

/// Files of the extension that are measured together.
struct Row {
    name: &'static str,
    /// The size in bytes.
    raw: usize,
    /// The size in bytes, with each file compressed separately.
    gzip: usize,
}

/// Prints all rows.
pub fn print(extension: &Path, zip: &Path) -> Result<()> {
    print!("{}", table(&measure(extension, zip)?));
    Ok(())
}

/// All rows as JSON, in bytes.
pub fn rows(extension: &Path, zip: &Path) -> Result<Value> {
    let row = |row: &Row| json!({ "what": row.name, "raw": row.raw, "gzip": row.gzip });
    Ok(measure(extension, zip)?.iter().map(row).collect())
}

fn measure(extension: &Path, zip: &Path) -> Result<Vec<Row>> {
    let all = files(extension)?;
    let row = |name, belongs: &dyn Fn(&str) -> bool| -> Result<Row> {
        let (mut raw, mut gzip) = (0, 0);
        for path in all.iter().filter(|path| belongs(&slashed(path))) {
            let bytes = fs::read(extension.join(path))?;
            raw += bytes.len();
            gzip += gzipped(&bytes)?;
        }
        Ok(Row { name, raw, gzip })
    };
    let zipped = fs::metadata(zip)?.len() as usize;
    Ok(vec![
        row("popup wasm", &|path| path == "wasm/popup/popup_bg.wasm")?,
        row("its lazy parts", &|path| is_part(path, "popup"))?,
        row("background wasm", &|path| path == "wasm/background/background_bg.wasm")?,
        row("its lazy parts", &|path| is_part(path, "background"))?,
        row("all the popup starts with", &|path| {
            path == "popup.html" || path == "start.js" || path.starts_with("wasm/popup/popup")
        })?,
        row("all a page receives", &|path| path == "page/probe.js")?,
        row("and a recorded one", &|path| path.starts_with("page/re"))?,
        Row { name: "zip", raw: zipped, gzip: zipped },
    ])
}

/// Whether it is a lazy part of a program; see [`super::split`].
fn is_part(path: &str, program: &str) -> bool {
    let name = path.strip_prefix("wasm/").and_then(|path| path.strip_prefix(program)).unwrap_or_default();
    name.ends_with(".wasm") && !name.ends_with("_bg.wasm")
}

fn table(rows: &[Row]) -> String {
    let kb = |bytes: usize| format!("{:.1}", bytes as f64 / 1024.0);
    let heading = format!("\n{:26} {:>9} {:>9}   (KB of 1024 bytes)\n", "size", "raw", "gzip");
    let line = |row: &Row| format!("{:26} {:>9} {:>9}\n", row.name, kb(row.raw), kb(row.gzip));
    heading + &rows.iter().map(line).collect::<String>()
}

fn gzipped(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_sums_its_files() {
        let dir = tempfile::tempdir().unwrap();
        for (path, bytes) in
            [("wasm/popup/popup_bg.wasm", 2048), ("wasm/popup/a.wasm", 1024), ("wasm/popup/b.wasm", 512)]
        {
            let path = dir.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, vec![0; bytes]).unwrap();
        }
        let zip = dir.path().join("x.zip");
        fs::write(&zip, "").unwrap();
        let rows = measure(dir.path(), &zip).unwrap();
        assert_eq!((rows[0].raw, rows[1].raw), (2048, 1536));
        assert!(table(&rows).contains("popup wasm                       2.0"), "{}", table(&rows));
    }
}
