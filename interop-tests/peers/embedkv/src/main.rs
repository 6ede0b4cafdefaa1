//! The crate embedkv, spoken to in lines.

use std::fs::{File, OpenOptions};
use std::os::unix::fs::FileExt;

use embedkv::{BlockDevice, Error, Options, Store};
use morgana_peer_protocol::{entry, images, json, key, serve, value, value_json, Answer, Failure, Peer, Value};

fn main() {
    serve(EmbedKv { store: None });
}

struct EmbedKv {
    store: Option<Store<ImageFile>>,
}

impl EmbedKv {
    fn store(&mut self) -> Result<&mut Store<ImageFile>, Failure> {
        self.store.as_mut().ok_or_else(|| Failure::new("REQUEST", "nothing is open"))
    }

    fn list(&mut self) -> Answer {
        let store = self.store()?;
        let mut entries = Vec::new();
        for key in store.keys() {
            let value = store.get(&key).map_err(Failure::of)?;
            entries.push(entry(&key, "value", &value));
        }
        Ok(json!({ "entries": entries }))
    }
}

impl Peer for EmbedKv {
    fn name(&self) -> &'static str {
        "embedkv"
    }

    fn version(&self) -> &'static str {
        "0.0.1"
    }

    fn ops(&self) -> &'static [&'static str] {
        &["format", "open", "put", "delete", "get", "list", "recover", "close"]
    }

    fn answer(&mut self, op: &str, request: &Value) -> Answer {
        match op {
            "format" => {
                let mut devices = devices(request)?;
                embedkv::format(&mut devices, &options(request)).map_err(Failure::of)?;
            }
            "open" => {
                let mut store = embedkv::open(devices(request)?, options(request)).map_err(Failure::of)?;
                store.recover().and_then(|()| store.build_index()).map_err(Failure::of)?;
                self.store = Some(store);
            }
            "put" => self.store()?.put(&key(request)?, &value(request)?).map_err(Failure::of)?,
            "delete" => self.store()?.delete(&key(request)?).map_err(Failure::of)?,
            "get" => return Ok(value_json(&self.store()?.get(&key(request)?).map_err(Failure::of)?)),
            "list" => return self.list(),
            "recover" => self.store()?.recover().map_err(Failure::of)?,
            "close" => {
                if let Some(store) = self.store.take() {
                    store.close();
                }
            }
            other => unreachable!("{other} is not in ops"),
        }
        Ok(json!({}))
    }
}

fn options(request: &Value) -> Options {
    let mut options = Options::new();
    if let Some(pattern) = request["options"]["freePattern"].as_u64() {
        options.free_pattern = pattern as u8;
    }
    options
}

fn devices(request: &Value) -> Result<Vec<ImageFile>, Failure> {
    let size = request["options"]["blockSize"].as_u64();
    let size = size.ok_or_else(|| Failure::new("REQUEST", "no blockSize"))?;
    images(request)?.iter().map(|path| ImageFile::open(path, size as u32)).collect()
}

/// A device over an existing image: its size is the image's.
struct ImageFile {
    file: File,
    block_size: u32,
    block_count: u32,
}

impl ImageFile {
    fn open(path: &str, block_size: u32) -> Result<Self, Failure> {
        let file = OpenOptions::new().read(true).write(true).open(path)?;
        let block_count = (file.metadata()?.len() / u64::from(block_size)) as u32;
        Ok(Self { file, block_size, block_count })
    }

    fn position(&self, index: u32) -> embedkv::Result<u64> {
        if index >= self.block_count {
            return Err(Error::InvalidBlock);
        }
        Ok(u64::from(index) * u64::from(self.block_size))
    }
}

impl BlockDevice for ImageFile {
    fn block_size(&self) -> u32 {
        self.block_size
    }

    fn block_count(&self) -> u32 {
        self.block_count
    }

    fn read_block(&mut self, index: u32, buf: &mut [u8]) -> embedkv::Result<()> {
        Ok(self.file.read_exact_at(buf, self.position(index)?)?)
    }

    fn write_block(&mut self, index: u32, buf: &[u8]) -> embedkv::Result<()> {
        Ok(self.file.write_all_at(buf, self.position(index)?)?)
    }

    fn flush(&mut self) -> embedkv::Result<()> {
        Ok(())
    }

    fn close(self) -> embedkv::Result<()> {
        Ok(())
    }
}
