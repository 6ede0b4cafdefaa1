/** What all verbs have in common. The verbs themselves are in the packages below, by what they work on. */
@NullMarked
package dev.morgana.cli.verb;

import org.jspecify.annotations.NullMarked;
