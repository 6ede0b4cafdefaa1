/** What is told of files beside their content: attributes by view and name, and the space of the image. */
@NullMarked
package dev.morgana.nio.view;

import org.jspecify.annotations.NullMarked;
