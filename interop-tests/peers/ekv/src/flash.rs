//! An image file as the flash of ekv, strict as a chip: aligned access, and each byte programmed once per erase.

use std::fs::{File, OpenOptions};
use std::os::unix::fs::FileExt;

use ekv::config::{
    ALIGN, BRANCHING_FACTOR, CRC, ERASE_VALUE, MAX_CHUNK_SIZE, MAX_KEY_SIZE, MAX_PAGE_COUNT, MAX_VALUE_SIZE, PAGE_SIZE,
    SCRATCH_PAGE_COUNT,
};
use ekv::flash::{Flash, PageID};
use ekv::{Config, Database};
use embassy_sync::blocking_mutex::raw::NoopRawMutex;
use morgana_peer_protocol::{images, Failure, Value};

/// What the flash refuses. ekv hands it on as it is.
#[derive(Debug)]
pub enum FlashError {
    Io,
    NotErased,
    NotAligned,
}

impl From<std::io::Error> for FlashError {
    fn from(_: std::io::Error) -> Self {
        Self::Io
    }
}

pub type ImageDatabase = Database<ImageFlash, NoopRawMutex>;

/// The database over the image that the request names.
pub fn database(request: &Value) -> Result<ImageDatabase, Failure> {
    let options = &request["options"];
    compare_with_build(options)?;
    let paths = images(request)?;
    let [path] = paths.as_slice() else {
        return Err(Failure::new("REQUEST", "ekv takes one image"));
    };
    let mut config = Config::default();
    config.random_seed = options["randomSeed"].as_u64().unwrap_or_default() as u32;
    Ok(Database::new(ImageFlash::open(path)?, config))
}

/// Options that are compiled in can only be confirmed.
fn compare_with_build(options: &Value) -> Result<(), Failure> {
    let built = [
        ("pageSize", PAGE_SIZE),
        ("maxPageCount", MAX_PAGE_COUNT),
        ("align", ALIGN),
        ("eraseValue", usize::from(ERASE_VALUE)),
        ("crc", usize::from(CRC)),
        ("maxKeySize", MAX_KEY_SIZE),
        ("maxValueSize", MAX_VALUE_SIZE),
        ("scratchPageCount", SCRATCH_PAGE_COUNT),
        ("branchingFactor", BRANCHING_FACTOR),
        ("maxChunkSize", MAX_CHUNK_SIZE),
    ];
    for (name, here) in built {
        let wanted = match &options[name] {
            Value::Bool(flag) => u64::from(*flag),
            other => other.as_u64().unwrap_or(here as u64),
        };
        if wanted != here as u64 {
            return Err(Failure::new("OPTIONS", format!("{name} is compiled as {here}, not {wanted}")));
        }
    }
    Ok(())
}

pub struct ImageFlash {
    file: File,
    pages: usize,
}

impl ImageFlash {
    fn open(path: &str) -> Result<Self, Failure> {
        let file = OpenOptions::new().read(true).write(true).open(path)?;
        let pages = file.metadata()?.len() as usize / PAGE_SIZE;
        Ok(Self { file, pages })
    }

    fn position(&self, page: PageID, offset: usize, len: usize) -> Result<u64, FlashError> {
        if offset % ALIGN != 0 || len % ALIGN != 0 || offset + len > PAGE_SIZE {
            return Err(FlashError::NotAligned);
        }
        Ok((page.index() * PAGE_SIZE + offset) as u64)
    }
}

impl Flash for ImageFlash {
    type Error = FlashError;

    fn page_count(&self) -> usize {
        self.pages
    }

    async fn erase(&mut self, page: PageID) -> Result<(), FlashError> {
        Ok(self.file.write_all_at(&[ERASE_VALUE; PAGE_SIZE], self.position(page, 0, PAGE_SIZE)?)?)
    }

    async fn read(&mut self, page: PageID, offset: usize, data: &mut [u8]) -> Result<(), FlashError> {
        Ok(self.file.read_exact_at(data, self.position(page, offset, data.len())?)?)
    }

    async fn write(&mut self, page: PageID, offset: usize, data: &[u8]) -> Result<(), FlashError> {
        let position = self.position(page, offset, data.len())?;
        let mut before = vec![0; data.len()];
        self.file.read_exact_at(&mut before, position)?;
        if before.iter().any(|byte| *byte != ERASE_VALUE) {
            return Err(FlashError::NotErased);
        }
        Ok(self.file.write_all_at(data, position)?)
    }
}
