//! The crate ekv-fs, spoken to in lines.

use ekv::config::{MAX_KEY_SIZE, MAX_VALUE_SIZE};
use ekv_fs::EkvFs;
use embassy_sync::blocking_mutex::raw::NoopRawMutex;
use image_flash::{database, ImageDatabase, ImageFlash};
use morgana_peer_protocol::{entry, json, serve, text_key, value, value_json, Answer, Failure, Peer, Value};
use pollster::block_on;

const MAX_PATH_LEN: usize = number(env!("MORGANA_MAX_PATH_LEN"));
const CHUNK_SIZE: usize = number(env!("MORGANA_CHUNK_SIZE"));

const fn number(text: &str) -> usize {
    let (mut value, mut at) = (0, 0);
    while at < text.len() {
        value = value * 10 + (text.as_bytes()[at] - b'0') as usize;
        at += 1;
    }
    value
}

type Files<'a> = EkvFs<'a, ImageFlash, NoopRawMutex, MAX_PATH_LEN, CHUNK_SIZE>;

fn main() {
    serve(Peers { database: None });
}

struct Peers {
    database: Option<ImageDatabase>,
}

impl Peers {
    fn database(&self) -> Result<&ImageDatabase, Failure> {
        self.database.as_ref().ok_or_else(|| Failure::new("REQUEST", "nothing is open"))
    }

    fn files(&self) -> Result<Files<'_>, Failure> {
        Ok(EkvFs::new(self.database()?))
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, Failure> {
        let files = self.files()?;
        block_on(async {
            let mut file = files.open(path).await.map_err(Failure::of)?;
            let mut content = Vec::new();
            let mut buffer = [0; 300];
            loop {
                let read = file.read(&mut buffer).await.map_err(Failure::of)?;
                if read == 0 {
                    return Ok(content);
                }
                content.extend_from_slice(&buffer[..read]);
            }
        })
    }

    /// The crate lists no files: these are the paths of the raw keys that hold a file's size.
    fn list(&self) -> Answer {
        let mut entries = Vec::new();
        for path in self.paths()? {
            entries.push(entry(path.as_bytes(), "file", &self.read(&path)?));
        }
        Ok(json!({ "entries": entries }))
    }

    fn paths(&self) -> Result<Vec<String>, Failure> {
        let database = self.database()?;
        block_on(async {
            let transaction = database.read_transaction().await;
            let mut cursor = transaction.read_all().await.map_err(Failure::of)?;
            let (mut key, mut value) = (vec![0; MAX_KEY_SIZE], vec![0; MAX_VALUE_SIZE]);
            let mut paths = Vec::new();
            while let Some((size, _)) = cursor.next(&mut key, &mut value).await.map_err(Failure::of)? {
                if let Some(path) = key[..size].strip_prefix(b"m:") {
                    paths.push(String::from_utf8_lossy(path).into_owned());
                }
            }
            Ok(paths)
        })
    }
}

impl Peer for Peers {
    fn name(&self) -> &'static str {
        "ekv-fs"
    }

    fn version(&self) -> &'static str {
        "0.2.0"
    }

    fn ops(&self) -> &'static [&'static str] {
        &["format", "open", "put", "delete", "get", "list", "close"]
    }

    fn answer(&mut self, op: &str, request: &Value) -> Answer {
        match op {
            "format" => block_on(database(request)?.format()).map_err(Failure::of)?,
            "open" => {
                let database = database(request)?;
                block_on(database.mount()).map_err(Failure::of)?;
                self.database = Some(database);
            }
            "put" => block_on(self.files()?.write_file(&text_key(request)?, &value(request)?)).map_err(Failure::of)?,
            "delete" => block_on(self.files()?.delete_file(&text_key(request)?)).map_err(Failure::of)?,
            "get" => return Ok(value_json(&self.read(&text_key(request)?)?)),
            "list" => return self.list(),
            "close" => self.database = None,
            other => unreachable!("{other} is not in ops"),
        }
        Ok(json!({}))
    }
}
