//! The container of a workbook (ZIP), unpacked once for nothing but its limits before anything is made of it.

use super::part::{self, Budget, WorkbookFault};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Sources};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use zip::{CompressionMethod, ZipArchive};

/// The most bytes that a workbook may have.
const FILE_LIMIT: u64 = 50 * 1024 * 1024;
/// The most parts that a workbook may have.
const PART_LIMIT: usize = 2_000;
/// The most bytes that all parts of a workbook may have.
const UNPACKED_LIMIT: u64 = 256 * 1024 * 1024;
/// How many times its packed bytes a part may have, where it has more than [`RATIO_FLOOR`].
const RATIO_LIMIT: u64 = 200;
/// The bytes that a part may have however small it was packed.
const RATIO_FLOOR: u64 = 1024 * 1024;

/// Unpacks every part, counting what really comes, and refuses what no spreadsheet program writes.
pub(crate) fn check(input: &File, file: FileId) -> Result<(), Diagnostic> {
    check_parts(input).map_err(|fault| {
        let diagnostic = Diagnostic::new(fault.code, Sources::whole(file), fault.message);
        match fault.code {
            Code::WorkbookLimit => diagnostic.help("save the sheet as CSV, or divide it into several"),
            _ => diagnostic.help("save it as .xlsx, without macros and password, or the sheet as CSV"),
        }
    })
}

fn check_parts(mut input: &File) -> Result<(), WorkbookFault> {
    let length = input.metadata().map_err(|error| unreadable(&error))?.len();
    if length > FILE_LIMIT {
        return Err(WorkbookFault::too_large(format!("the workbook has more than {FILE_LIMIT} bytes")));
    }
    // Asked before the list of parts is read: the list of a hostile container takes much memory.
    let parts = count_parts(input).map_err(|error| unreadable(&error))?;
    if parts > PART_LIMIT {
        return Err(WorkbookFault::too_large(format!("the workbook has more than {PART_LIMIT} parts")));
    }
    input.seek(SeekFrom::Start(0)).map_err(|error| unreadable(&error))?;
    let mut container = ZipArchive::new(BufReader::new(input)).map_err(|error| damaged(&error))?;
    check_names(&mut container)?;
    let mut left = UNPACKED_LIMIT;
    for index in 0..container.len() {
        left -= check_part(&mut container, index, left)?;
    }
    Ok(())
}

/// How many parts the container can list at most: the marks that begin an entry of its list (APPNOTE 4.3.12).
fn count_parts(mut input: &File) -> io::Result<usize> {
    const MARK: &[u8] = b"PK\x01\x02";
    input.seek(SeekFrom::Start(0))?;
    let mut piece = vec![0; 64 * 1024];
    let (mut count, mut kept) = (0, 0);
    loop {
        let read = input.read(&mut piece[kept..])?;
        if read == 0 {
            return Ok(count);
        }
        let end = kept + read;
        count += piece[..end].windows(MARK.len()).filter(|bytes| *bytes == MARK).count();
        kept = end.min(MARK.len() - 1);
        piece.copy_within(end - kept..end, 0);
    }
}

fn check_names(container: &mut ZipArchive<BufReader<&File>>) -> Result<(), WorkbookFault> {
    if container.len() > PART_LIMIT {
        return Err(WorkbookFault::too_large(format!("the workbook has more than {PART_LIMIT} parts")));
    }
    if container.has_duplicate_names() {
        return Err(WorkbookFault::damaged("two parts of the workbook have one name"));
    }
    if container.has_overlapping_entries().map_err(|error| damaged(&error))? {
        return Err(WorkbookFault::damaged("two parts of the workbook share bytes"));
    }
    let is_workbook = |name: &&str| name.eq_ignore_ascii_case("xl/workbook.xml");
    let names = container.file_names().collect::<Result<Vec<_>, _>>().map_err(|error| damaged(&error))?;
    if !names.iter().any(|name| is_workbook(&name.as_ref())) {
        return Err(WorkbookFault::damaged("this is a container, but not of a workbook as .xlsx has it"));
    }
    let mut names = BTreeSet::new();
    for name in container.file_names() {
        // Names are alike without regard to capital letters (ECMA-376, part 2, section 7.3.5).
        let name = name.map_err(|error| damaged(&error))?.replace('\\', "/").to_ascii_lowercase();
        if name.ends_with("vbaproject.bin") {
            return Err(WorkbookFault {
                code: Code::WorkbookUnreadable,
                message: "the workbook has macros".to_owned(),
            });
        }
        if !names.insert(name) {
            return Err(WorkbookFault::damaged("two parts of the workbook have one name"));
        }
    }
    Ok(())
}

/// Unpacks a part, of which at most `left` bytes may come; what comes is how many did.
fn check_part(container: &mut ZipArchive<BufReader<&File>>, index: usize, left: u64) -> Result<u64, WorkbookFault> {
    let part = container.by_index_raw(index).map_err(|error| damaged(&error))?;
    if part.encrypted() {
        return Err(WorkbookFault {
            code: Code::WorkbookUnreadable,
            message: "the workbook has a password".to_owned(),
        });
    }
    if !matches!(part.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
        return Err(WorkbookFault::damaged("a part of the workbook is packed in a way that workbooks never are"));
    }
    drop(part);
    let part = container.by_index(index).map_err(|error| damaged(&error))?;
    let name = part.name().map_err(|error| damaged(&error))?.to_ascii_lowercase();
    let said = part.size();
    let ratio = part.compressed_size().saturating_mul(RATIO_LIMIT).max(RATIO_FLOOR);
    let mut budget = Budget::new(part, left.min(ratio));
    let done = match name.ends_with(".xml") || name.ends_with(".rels") {
        true => part::check(&mut budget),
        false => io::copy(&mut budget, &mut io::sink()).map(|_| ()).map_err(|error| unpacked(&name, &error)),
    };
    if budget.is_spent() {
        return Err(WorkbookFault::too_large(match left <= ratio {
            true => format!("unpacked, the workbook has more than {UNPACKED_LIMIT} bytes"),
            false => format!("the part \"{name}\" of the workbook has more than {RATIO_LIMIT} times its packed bytes"),
        }));
    }
    done.map_err(|fault| WorkbookFault { message: format!("{} (part \"{name}\")", fault.message), ..fault })?;
    if budget.count() != said {
        return Err(WorkbookFault::damaged(format!("the part \"{name}\" has another size than the workbook says")));
    }
    Ok(budget.count())
}

fn unreadable(error: &io::Error) -> WorkbookFault {
    WorkbookFault { code: Code::UnreadableFile, message: error.to_string() }
}

fn unpacked(name: &str, error: &io::Error) -> WorkbookFault {
    WorkbookFault::damaged(format!("the part \"{name}\" of the workbook cannot be unpacked: {error}"))
}

fn damaged(error: &zip::result::ZipError) -> WorkbookFault {
    WorkbookFault::damaged(format!("the workbook is damaged: {error}"))
}
