package dev.morgana.block.drivers.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers and layouts of the ABI, against what a C compiler makes of the system's own headers. */
class AbiTest {
    private static final String PROGRAM = """
            #define _GNU_SOURCE
            #include <errno.h>
            #include <fcntl.h>
            #include <stddef.h>
            #include <stdio.h>
            #include <sys/ioctl.h>
            #include <linux/fs.h>
            #include <mtd/mtd-user.h>
            #define N(name) printf("%s %lu\\n", #name, (unsigned long) (name))
            #define F(type, field) printf("%s.%s %zu\\n", #type, #field, offsetof(struct type, field))
            #define S(type) printf("%s %zu\\n", #type, sizeof(struct type))
            int main(void) {
                N(BLKSSZGET); N(BLKGETSIZE64); N(BLKROGET); N(BLKDISCARD); N(BLKDISCARDZEROES); N(BLKZEROOUT);
                N(MEMGETINFO); N(MEMERASE64); N(MEMGETBADBLOCK); N(MEMSETBADBLOCK);
                N(O_RDONLY); N(O_RDWR); N(O_CLOEXEC); N(O_EXCL); N(O_DIRECT); N(F_OFD_SETLK); N(F_RDLCK); N(F_WRLCK); N(F_UNLCK);
                N(SEEK_END); N(MTD_NORFLASH); N(MTD_WRITEABLE);
                S(mtd_info_user); F(mtd_info_user, type); F(mtd_info_user, flags); F(mtd_info_user, size);
                F(mtd_info_user, erasesize); F(mtd_info_user, writesize);
                S(erase_info_user64); F(erase_info_user64, start); F(erase_info_user64, length);
                S(flock); F(flock, l_type); F(flock, l_whence); F(flock, l_start); F(flock, l_len);
                N(EPERM); N(ENOENT); N(EINTR); N(EIO); N(ENXIO); N(EBADF); N(EAGAIN); N(ENOMEM); N(EACCES); N(ENOTBLK);
                N(EBUSY); N(EEXIST); N(ENODEV); N(ENOTDIR); N(EISDIR); N(EINVAL); N(ENFILE); N(EMFILE); N(ENOTTY);
                N(ETXTBSY); N(EFBIG); N(ENOSPC); N(EROFS); N(ENAMETOOLONG); N(ENOSYS); N(ELOOP); N(EBADMSG);
                N(EOVERFLOW); N(EOPNOTSUPP); N(ETIMEDOUT); N(EUCLEAN); N(ENOMEDIUM); N(EDQUOT);
                return 0;
            }
            """;

    @TempDir
    private Path folder;

    private Map<String, Long> fromTheCompiler() throws IOException, InterruptedException {
        assumeTrue(Platform.running().filter(Platform.LINUX::equals).isPresent(), "this is not Linux");
        Path source = Files.writeString(folder.resolve("abi.c"), PROGRAM);
        Path program = folder.resolve("abi");
        Process compiler;
        try {
            compiler = new ProcessBuilder("cc", "-o", program.toString(), source.toString())
                    .inheritIO()
                    .start();
        } catch (IOException e) {
            assumeTrue(LoopDeviceContractTest.REQUIRED, "there is no C compiler: " + e.getMessage());
            throw e;
        }
        assertThat(compiler.waitFor()).as("the C program compiles").isZero();
        Path output = folder.resolve("output");
        Process run = new ProcessBuilder(program.toString())
                .redirectOutput(output.toFile())
                .start();
        assertThat(run.waitFor(1, TimeUnit.MINUTES)).isTrue();
        Map<String, Long> values = new LinkedHashMap<>();
        Files.readAllLines(output).forEach(line -> {
            String[] words = line.split(" ");
            values.put(words[0], Long.parseUnsignedLong(words[1]));
        });
        return values;
    }

    @Test
    void requestsStructuresAndErrorsAreTheSystems() throws Exception {
        Map<String, Long> c = fromTheCompiler();
        Map<String, Long> ours = new LinkedHashMap<>();
        for (ControlRequest request : ControlRequest.values()) {
            if (!request.name().startsWith("DKIO")) {
                ours.put(request.name(), request.number());
            }
        }
        for (Errno errno : Errno.values()) {
            ours.put(errno.name(), (long) errno.number(Platform.LINUX));
        }
        ours.put("O_RDONLY", (long) Platform.O_RDONLY);
        ours.put("O_RDWR", (long) Platform.O_RDWR);
        ours.put("O_CLOEXEC", (long) Platform.LINUX.closeOnExec);
        ours.put("O_EXCL", (long) Platform.LINUX.exclusive);
        ours.put("O_DIRECT", (long) Platform.LINUX.directFlag());
        ours.put("F_OFD_SETLK", (long) Platform.LINUX.setOpenFileLock);
        ours.put("F_RDLCK", (long) Platform.LINUX.readLock);
        ours.put("F_WRLCK", (long) Platform.LINUX.writeLock);
        ours.put("F_UNLCK", (long) Platform.NO_LOCK);
        ours.put("SEEK_END", (long) SystemCalls.SEEK_END);
        ours.put("MTD_NORFLASH", (long) MtdInfo.NOR);
        ours.put("MTD_WRITEABLE", (long) MtdInfo.WRITEABLE);
        ours.put("mtd_info_user", (long) MtdInfo.BYTES);
        ours.put("mtd_info_user.type", 0L);
        ours.put("mtd_info_user.flags", (long) MtdInfo.FLAGS);
        ours.put("mtd_info_user.size", (long) MtdInfo.SIZE);
        ours.put("mtd_info_user.erasesize", (long) MtdInfo.ERASE_SIZE);
        ours.put("mtd_info_user.writesize", (long) MtdInfo.WRITE_SIZE);
        ours.put("erase_info_user64", (long) NativeMedium.range(1, 2).capacity());
        ours.put("erase_info_user64.start", 0L);
        ours.put("erase_info_user64.length", (long) Long.BYTES);
        ours.put("flock", (long) FileLockStructure.LINUX_BYTES);
        ours.put("flock.l_type", 0L);
        ours.put("flock.l_whence", 2L);
        ours.put("flock.l_start", 8L);
        ours.put("flock.l_len", 16L);
        assertThat(ours).containsExactlyInAnyOrderEntriesOf(c);
    }
}
