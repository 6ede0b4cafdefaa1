//! The line protocol of the interop tests: one JSON object per line in both directions, one answer per request.
//! `docs/interop.md` has the requests and answers.

use std::any::Any;
use std::fs;
use std::io::{self, BufRead, Write};
use std::panic::{self, AssertUnwindSafe};

pub use serde_json::{json, Value};
use sha2::{Digest, Sha256};

/// What went wrong, by the peer's own name for it.
#[derive(Debug)]
pub struct Failure {
    pub error: String,
    pub message: String,
}

impl Failure {
    pub fn new(error: impl Into<String>, message: impl Into<String>) -> Self {
        Self { error: error.into(), message: message.into() }
    }

    /// The name of an enum's variant, without what the variant carries.
    pub fn of(error: impl std::fmt::Debug) -> Self {
        let text = format!("{error:?}");
        let name = text.split(['(', ' ', '{']).next().unwrap_or_default().to_string();
        Self::new(name, text)
    }

    fn request(message: impl Into<String>) -> Self {
        Self::new("REQUEST", message)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::new("IO", error.to_string())
    }
}

pub type Answer = Result<Value, Failure>;

/// A program that answers requests. An answer is an object; `ok` is added to it.
pub trait Peer {
    fn name(&self) -> &'static str;
    fn version(&self) -> &'static str;
    fn ops(&self) -> &'static [&'static str];
    fn answer(&mut self, op: &str, request: &Value) -> Answer;
}

/// Answers the requests of standard input until it ends. A panic of the library is told, and ends the program.
pub fn serve(mut peer: impl Peer) {
    // The panic's text belongs into the answer; standard error stays for people.
    panic::set_hook(Box::new(|_| {}));
    for line in io::stdin().lock().lines() {
        let Ok(line) = line else { return };
        let answered = panic::catch_unwind(AssertUnwindSafe(|| one(&mut peer, &line)));
        let panicked = answered.is_err();
        write_line(&answered.unwrap_or_else(|cause| failure("PANIC", text_of(cause.as_ref()))));
        if panicked {
            return;
        }
    }
}

fn one(peer: &mut impl Peer, line: &str) -> Value {
    let request: Value = match serde_json::from_str(line) {
        Ok(request) => request,
        Err(error) => return failure("REQUEST", error.to_string()),
    };
    let op = request["op"].as_str().unwrap_or_default();
    let answer = match op {
        "hello" => Ok(json!({
            "peer": peer.name(), "version": peer.version(), "protocol": 1, "ops": peer.ops()
        })),
        op if peer.ops().contains(&op) => peer.answer(op, &request),
        op => Err(Failure::new("UNSUPPORTED", format!("no operation {op}"))),
    };
    match answer {
        Ok(mut value) => {
            value["ok"] = json!(true);
            value
        }
        Err(Failure { error, message }) => failure(&error, message),
    }
}

fn failure(error: &str, message: String) -> Value {
    json!({ "error": error, "message": message })
}

fn text_of(cause: &(dyn Any + Send)) -> String {
    let text = cause.downcast_ref::<String>().cloned();
    text.or_else(|| cause.downcast_ref::<&str>().map(|text| text.to_string())).unwrap_or_default()
}

fn write_line(value: &Value) {
    let mut out = io::stdout().lock();
    // The other end is gone when this fails: the next read ends the program.
    let _ = writeln!(out, "{value}");
    let _ = out.flush();
}

/// The paths of the image files.
pub fn images(request: &Value) -> Result<Vec<String>, Failure> {
    let images = request["images"].as_array().ok_or_else(|| Failure::request("no images"))?;
    let paths = images.iter().map(|path| path.as_str().map(str::to_string));
    paths.collect::<Option<_>>().ok_or_else(|| Failure::request("an image is no path"))
}

/// A key: a string, or an object with `hex`.
pub fn key(request: &Value) -> Result<Vec<u8>, Failure> {
    match &request["key"] {
        Value::String(text) => Ok(text.clone().into_bytes()),
        other => bytes_of_hex(&other["hex"]),
    }
}

pub fn text_key(request: &Value) -> Result<String, Failure> {
    String::from_utf8(key(request)?).map_err(|_| Failure::request("the key is no text"))
}

/// A value: `hex`, `file`, or `seed` and `len` of the SplitMix64 stream of the golden data.
pub fn value(request: &Value) -> Result<Vec<u8>, Failure> {
    let value = &request["value"];
    if let Some(path) = value["file"].as_str() {
        return Ok(fs::read(path)?);
    }
    match (value["seed"].as_u64(), value["len"].as_u64()) {
        (Some(seed), Some(len)) => Ok(split_mix(seed, len as usize)),
        _ => bytes_of_hex(&value["hex"]),
    }
}

pub fn value_json(bytes: &[u8]) -> Value {
    json!({ "value": { "hex": hex::encode(bytes) } })
}

pub fn key_json(key: &[u8]) -> Value {
    match std::str::from_utf8(key) {
        Ok(text) => json!(text),
        Err(_) => json!({ "hex": hex::encode(key) }),
    }
}

/// One entry of a listing.
pub fn entry(key: &[u8], kind: &str, value: &[u8]) -> Value {
    json!({
        "key": key_json(key), "type": kind, "size": value.len(), "sha256": hex::encode(Sha256::digest(value)), "attrs": {}
    })
}

fn bytes_of_hex(value: &Value) -> Result<Vec<u8>, Failure> {
    let text = value.as_str().ok_or_else(|| Failure::request(format!("no bytes: {value}")))?;
    hex::decode(text).map_err(|error| Failure::request(error.to_string()))
}

fn split_mix(seed: u64, len: usize) -> Vec<u8> {
    let mut state = seed;
    let mut bytes = Vec::with_capacity(len + 8);
    while bytes.len() < len {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bytes.extend_from_slice(&(z ^ (z >> 31)).to_le_bytes());
    }
    bytes.truncate(len);
    bytes
}
