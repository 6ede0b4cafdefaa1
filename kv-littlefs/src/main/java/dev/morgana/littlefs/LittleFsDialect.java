package dev.morgana.littlefs;

/** By whose rules the bytes are read, see {@link LittleFsOptions#DIALECT}. */
public enum LittleFsDialect {
    /** The C implementation's. */
    LITTLEFS,
    /** Those of the MirageOS library chamelon. */
    CHAMELON
}
