/**
 * A model of Pigweed's own pw_kvs: the product under rules that do what Pigweed does where the product does better. Only golden
 * data needs it.
 */
package dev.morgana.pwkvs;
