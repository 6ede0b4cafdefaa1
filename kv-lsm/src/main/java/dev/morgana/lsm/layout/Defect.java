package dev.morgana.lsm.layout;

/**
 * Why bytes are not the structure that they should be.
 *
 * @param offset in bytes from the start of the page
 * @param structure what should be there
 * @param expected what the format demands
 * @param found what is there
 */
public record Defect(int offset, String structure, String expected, String found) {}
