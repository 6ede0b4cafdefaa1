package dev.morgana.spi.provider;

/** The language in which firmware is written, with the files of its build. */
public enum FirmwareLanguage {
    /** Rust, with {@code Cargo.toml} and cargo's configuration. */
    RUST,
    /** C. */
    C,
    /** C++. */
    CPP
}
