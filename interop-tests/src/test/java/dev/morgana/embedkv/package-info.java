/** What the product knows of its options, for the model of the peers that golden data needs. */
package dev.morgana.embedkv;
