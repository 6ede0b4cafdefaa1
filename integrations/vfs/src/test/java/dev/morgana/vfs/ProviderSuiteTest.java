package dev.morgana.vfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.Morgana;
import dev.morgana.tck.store.Campaign;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import junit.framework.TestFailure;
import junit.framework.TestResult;
import org.apache.commons.vfs2.AbstractProviderTestConfig;
import org.apache.commons.vfs2.FileObject;
import org.apache.commons.vfs2.FileSystemManager;
import org.apache.commons.vfs2.ProviderTestSuite;
import org.apache.commons.vfs2.Selectors;
import org.apache.commons.vfs2.VfsTestUtils;
import org.apache.commons.vfs2.impl.DefaultFileSystemManager;
import org.apache.commons.vfs2.provider.local.DefaultLocalFileProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tests that Commons VFS has for its own providers, on an image of littlefs that holds the files that they expect. */
@Campaign
class ProviderSuiteTest {
    /** The provider of VFS that keeps files in memory runs 97. */
    private static final int LEAST = 97;

    private static final class Config extends AbstractProviderTestConfig {
        private final Path image;

        Config(Path image) {
            this.image = image;
        }

        @Override
        public void prepare(DefaultFileSystemManager manager) throws Exception {
            manager.addProvider("morgana", new ImageFileProvider());
            if (!manager.hasProvider("file")) {
                manager.addProvider("file", new DefaultLocalFileProvider());
            }
        }

        /** The root of the image, into which the first call copies the files, through VFS as well. */
        @Override
        public FileObject getBaseTestFolder(FileSystemManager manager) throws Exception {
            FileObject root = manager.resolveFile("morgana:" + image.toUri() + "!/");
            if (root.getChildren().length == 0) {
                root.copyFrom(manager.toFileObject(VfsTestUtils.getTestDirectoryFile()), Selectors.SELECT_ALL);
            }
            return root;
        }
    }

    @Test
    void theTestsOfVfsPass(@TempDir Path folder) throws Exception {
        Path image = folder.resolve("vfs.img");
        Morgana.load()
                .at("littlefs+file:" + image + "?size=32MiB&blockSize=4096")
                .create()
                .close();
        TestResult result = new TestResult();
        new ProviderTestSuite(new Config(image)).run(result);
        List<String> failed = new ArrayList<>();
        for (TestFailure failure : Collections.list(result.errors())) {
            failed.add(failure + "\n" + failure.trace());
        }
        for (TestFailure failure : Collections.list(result.failures())) {
            failed.add(failure + "\n" + failure.trace());
        }
        System.out.println("Tests of Commons VFS executed: " + result.runCount());
        assertThat(failed).isEmpty();
        assertThat(result.runCount()).isGreaterThanOrEqualTo(LEAST);
    }
}
