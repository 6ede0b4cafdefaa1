//! The crate ekv, spoken to in lines.

use ekv::config::{MAX_KEY_SIZE, MAX_VALUE_SIZE};
use image_flash::{database, ImageDatabase};
use morgana_peer_protocol::{entry, json, key, serve, value, value_json, Answer, Failure, Peer, Value};
use pollster::block_on;

fn main() {
    serve(Ekv { database: None });
}

struct Ekv {
    database: Option<ImageDatabase>,
}

impl Ekv {
    fn database(&self) -> Result<&ImageDatabase, Failure> {
        self.database.as_ref().ok_or_else(|| Failure::new("REQUEST", "nothing is open"))
    }

    fn get(&self, key: &[u8]) -> Answer {
        let mut value = vec![0; MAX_VALUE_SIZE];
        let database = self.database()?;
        let size = block_on(async { database.read_transaction().await.read(key, &mut value).await });
        Ok(value_json(&value[..size.map_err(Failure::of)?]))
    }

    fn list(&self) -> Answer {
        let database = self.database()?;
        block_on(async {
            let transaction = database.read_transaction().await;
            let mut cursor = transaction.read_all().await.map_err(Failure::of)?;
            let mut entries = Vec::new();
            let (mut key, mut value) = (vec![0; MAX_KEY_SIZE], vec![0; MAX_VALUE_SIZE]);
            while let Some((keys, values)) = cursor.next(&mut key, &mut value).await.map_err(Failure::of)? {
                entries.push(entry(&key[..keys], "value", &value[..values]));
            }
            Ok(json!({ "entries": entries }))
        })
    }

    /// All of the changes in one transaction. The crate wants the keys in ascending order.
    fn batch(&self, changes: &[&Value]) -> Answer {
        let database = self.database()?;
        block_on(async {
            let mut transaction = database.write_transaction().await;
            for change in changes {
                let key = key(change)?;
                let done = match change["op"].as_str() {
                    Some("put") => transaction.write(&key, &value(change)?).await,
                    Some("delete") => transaction.delete(&key).await,
                    _ => return Err(Failure::new("REQUEST", format!("no change: {change}"))),
                };
                done.map_err(Failure::of)?;
            }
            transaction.commit().await.map_err(Failure::of)?;
            Ok(json!({}))
        })
    }
}

impl Peer for Ekv {
    fn name(&self) -> &'static str {
        "ekv"
    }

    fn version(&self) -> &'static str {
        "1.0.0"
    }

    fn ops(&self) -> &'static [&'static str] {
        &["format", "open", "put", "delete", "get", "list", "batch", "close"]
    }

    fn answer(&mut self, op: &str, request: &Value) -> Answer {
        match op {
            "format" => block_on(database(request)?.format()).map_err(Failure::of)?,
            "open" => {
                let database = database(request)?;
                block_on(database.mount()).map_err(Failure::of)?;
                self.database = Some(database);
            }
            "put" | "delete" => return self.batch(&[request]),
            "batch" => {
                let changes = request["ops"].as_array().ok_or_else(|| Failure::new("REQUEST", "no ops"))?;
                return self.batch(&changes.iter().collect::<Vec<_>>());
            }
            "get" => return self.get(&key(request)?),
            "list" => return self.list(),
            "close" => self.database = None,
            other => unreachable!("{other} is not in ops"),
        }
        Ok(json!({}))
    }
}
