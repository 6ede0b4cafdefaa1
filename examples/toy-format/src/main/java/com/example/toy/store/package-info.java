/** The format as the interface of stores sees it. */
@NullMarked
package com.example.toy.store;

import org.jspecify.annotations.NullMarked;
