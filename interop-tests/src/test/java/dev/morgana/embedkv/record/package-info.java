/**
 * A model of embedkv's other implementations, built from the records and blocks of the product, in whose package it therefore is.
 * Only golden traces need it: it does what the peers do where the product does better.
 */
package dev.morgana.embedkv.record;
