package dev.morgana.vfs;

import dev.morgana.spi.Target;
import dev.morgana.spi.option.Options;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.vfs2.FileSystem;
import org.apache.commons.vfs2.FileSystemConfigBuilder;
import org.apache.commons.vfs2.FileSystemOptions;

/** How images are opened. */
public final class ImageConfigBuilder extends FileSystemConfigBuilder {
    static final ImageConfigBuilder INSTANCE = new ImageConfigBuilder();

    private static final String FORMAT = "format";
    private static final String OPTIONS = "options";

    private ImageConfigBuilder() {
        super("morgana.");
    }

    /**
     * The builder.
     *
     * @return the one that there is
     */
    public static ImageConfigBuilder getInstance() {
        return INSTANCE;
    }

    /**
     * Names the format of images that do not identify themselves.
     *
     * @param options where it is set
     * @param format the format's id
     */
    public void setFormat(FileSystemOptions options, String format) {
        setParam(options, FORMAT, format);
    }

    /**
     * Sets an option of the format or the driver, such as {@code readOnly}; it is checked when an image is opened.
     *
     * @param options where it is set
     * @param name the option's name
     * @param value its value
     */
    public void setOption(FileSystemOptions options, String name, String value) {
        Map<String, String> all = new TreeMap<>(options(options));
        all.put(name, value);
        setParam(options, OPTIONS, all);
    }

    private Map<String, String> options(FileSystemOptions options) {
        return getParamOrDefault(options, OPTIONS, Map.of());
    }

    /** The image as these options say. */
    Target target(Target image, FileSystemOptions options) {
        String format = getString(options, FORMAT, "");
        Target target = image.options(Options.of(options(options)));
        return format.isEmpty() ? target : target.format(format);
    }

    @Override
    protected Class<? extends FileSystem> getConfigClass() {
        return ImageFileSystem.class;
    }
}
