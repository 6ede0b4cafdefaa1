/**
 * The format {@code toy}, made up to show what a backend consists of. The provider is what others see; {@code layout} holds the
 * bytes, {@code snapshot} the algorithms, {@code store} the interface of stores.
 */
@NullMarked
package com.example.toy;

import org.jspecify.annotations.NullMarked;
