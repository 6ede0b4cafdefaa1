/** Serving an image by SFTP: {@link dev.morgana.sftp.ServeSftpVerb} reads the words, {@link dev.morgana.sftp.ImageServer} listens. */
@NullMarked
package dev.morgana.sftp;

import org.jspecify.annotations.NullMarked;
