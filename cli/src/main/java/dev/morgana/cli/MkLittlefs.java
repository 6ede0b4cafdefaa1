package dev.morgana.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "littlefs",
        mixinStandardHelpOptions = true,
        description = "Takes the short options of mklittlefs, for scripts that have them, and keeps times as it does.",
        footer = {"", "Example: morgana littlefs -c data -b 4096 -p 256 -s 0x100000 image.bin"})
final class MkLittlefs implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Option(
            names = {"-c", "--create"},
            paramLabel = "DIR",
            description = "make an image of what is in the folder")
    private String create = "";

    @Option(
            names = {"-u", "--unpack"},
            paramLabel = "DIR",
            description = "unpack the image into the folder")
    private String unpack = "";

    @Option(
            names = {"-l", "--list"},
            description = "list what is in the image")
    private boolean list;

    @Option(
            names = {"-b", "--block"},
            paramLabel = "SIZE",
            defaultValue = "4096",
            description = "block size in bytes")
    private String block = "";

    @Option(
            names = {"-p", "--page"},
            paramLabel = "SIZE",
            defaultValue = "256",
            description = "page size in bytes: the unit of programming and reading")
    private String page = "";

    @Option(
            names = {"-s", "--size"},
            paramLabel = "SIZE",
            defaultValue = "0x10000",
            description = "size of the image in bytes")
    private String size = "";

    @Parameters(paramLabel = "IMAGE", description = "the image")
    private String image = "";

    @Override
    public Integer call() {
        List<String> words = new ArrayList<>();
        if (!create.isEmpty()) {
            String content = create.endsWith("/") ? create : create + "/";
            words.addAll(List.of("create", "--force", "--times", "-s", size, "-b", block, "-p", page, "-r", page));
            words.addAll(List.of("littlefs", image, content));
        } else if (!unpack.isEmpty()) {
            words.addAll(List.of("export", "--force", image, unpack));
        } else if (list) {
            words.addAll(List.of("ls", "-lR", image));
        } else {
            throw new CommandLine.ParameterException(
                    new CommandLine(this), "one of --create, --unpack and --list is needed");
        }
        return main.run(words.toArray(String[]::new));
    }
}
