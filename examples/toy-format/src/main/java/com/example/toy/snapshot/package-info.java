/** The algorithms: which half counts, and how the other one takes its place. */
@NullMarked
package com.example.toy.snapshot;

import org.jspecify.annotations.NullMarked;
