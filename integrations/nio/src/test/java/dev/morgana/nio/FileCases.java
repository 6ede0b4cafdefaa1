package dev.morgana.nio;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What is asked of every file system. Each case gets an empty folder, and answers with something that can be printed. */
final class FileCases {
    /** One case. */
    @FunctionalInterface
    interface Case {
        Object in(Path folder) throws Exception;
    }

    private static final List<String> GLOBS = List.of(
            "*", "**", "a*", "*.txt", "?", "a?c", "[abc]", "[!abc]", "[a-c]", "[a-]", "[-a]", "[^a]", "{a,b}*", "{a,}",
            "\\*", "a/*", "a/**", "**/c", "**.txt", "*/b/*", "[", "{a", "{a,{b}}", "[a/b]", "[c-a]", "a\\", "}", ",",
            ".*", "a.c", "[*?]", "[\\]", "(a)", "a+b", "^a$", "[]]", "[a-c-e]", "[&&a]", "[[a]");

    private static final List<String> NAMES = List.of(
            "", "a", "b", "ab", "abc", "a/b", "a/c", "a/b/c", "x.txt", "a/x.txt", "-", "*", "^a$", "(a)", "a+b", "]",
            "[", "&", ".", ".a", "\\", "axc", "a\nc", "}", ",", "d", "é");

    private static final List<String> PATHS = List.of(
            "",
            "/",
            "a",
            "/a",
            "a/b",
            "/a/b",
            "a/b/c",
            "//a//b/",
            "a/",
            ".",
            "..",
            "./a",
            "../a",
            "a/..",
            "a/../b",
            "/..",
            "/../a",
            "a/./b",
            "../..",
            "../../a",
            "/a/../../b",
            "...",
            " ",
            "b",
            "a/b/../../..",
            "ä/ö");

    static final Map<String, Case> ALL = new LinkedHashMap<>();

    private FileCases() {}

    private static void add(String name, Case each) {
        if (ALL.put(name, each) != null) {
            throw new IllegalArgumentException(name);
        }
    }

    /** What a case answers, or the exception with which it ends. */
    static String outcome(Case each, Path folder) {
        try {
            return String.valueOf(each.in(folder));
        } catch (Exception e) {
            return e.getClass().getSimpleName();
        }
    }

    private static Path file(Path folder, String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static Path folder(Path parent, String name) throws IOException {
        return Files.createDirectory(parent.resolve(name));
    }

    /** Everything below a folder, with the content of files. */
    static TreeMap<String, String> content(Path folder) throws IOException {
        TreeMap<String, String> content = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : (Iterable<Path>) all::iterator) {
                String name = folder.relativize(each).toString();
                content.put(name, Files.isDirectory(each) ? "/" : Files.readString(each));
            }
        }
        return content;
    }

    private static List<Object> each(Case... cases) {
        return each(null, cases);
    }

    private static List<Object> each(Path folder, Case... cases) {
        List<Object> outcomes = new ArrayList<>();
        for (Case each : cases) {
            outcomes.add(outcome(each, folder));
        }
        return outcomes;
    }

    private static String text(FileChannel channel) throws IOException {
        ByteBuffer all = ByteBuffer.allocate((int) channel.size());
        channel.read(all, 0);
        return new String(all.array(), 0, all.position(), UTF_8).replace('\0', '0');
    }

    private static FileChannel open(Path file, OpenOption... options) throws IOException {
        return FileChannel.open(file, options);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    static {
        reading();
        writing();
        folders();
        moving();
        channels();
        attributes();
        patterns();
        paths();
    }

    private static void reading() {
        add("read what was written", f -> Files.readString(file(f, "a", "text")));
        add("read an empty file", f -> Files.size(file(f, "a", "")) + Files.readString(f.resolve("a")));
        add("read lines", f -> Files.readAllLines(file(f, "a", "one\ntwo\n")));
        add("read what is missing", f -> Files.readString(f.resolve("a")));
        add("read below what is missing", f -> Files.readString(f.resolve("a/b")));
        add("read below a file", f -> Files.readString(file(f, "a", "x").resolve("b")));
        add("read a folder", f -> Files.readString(f));
        add("read by a name with dots", f -> {
            folder(f, "d");
            file(f, "a", "text");
            return Files.readString(f.resolve("d/../././a"));
        });
        add("a name with dots through what is missing", f -> {
            file(f, "a", "text");
            return Files.readString(f.resolve("none/../a"));
        });
        add("exists, notExists, isDirectory, isRegularFile", f -> {
            Path a = file(f, "a", "");
            Path none = f.resolve("none");
            return "" + Files.exists(a) + Files.exists(none) + Files.exists(a.resolve("b")) + Files.notExists(none)
                    + Files.isDirectory(f) + Files.isDirectory(a) + Files.isRegularFile(a) + Files.isSymbolicLink(a);
        });
        add("isReadable, isWritable", f -> {
            Path a = file(f, "a", "");
            return "" + Files.isReadable(a) + Files.isWritable(a) + Files.isWritable(f)
                    + Files.isReadable(f.resolve("b")) + Files.isExecutable(f);
        });
        add("isExecutable", f -> Files.isExecutable(file(f, "a", "")));
        add("mismatch", f -> Files.mismatch(file(f, "a", "abcd"), file(f, "b", "abxd")));
    }

    private static void writing() {
        add("CREATE_NEW where something is", f -> {
            file(f, "a", "old");
            return each(
                    x -> Files.writeString(
                            f.resolve("a"), "new", StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    x -> Files.readString(f.resolve("a")));
        });
        add("WRITE where nothing is", f -> Files.writeString(f.resolve("a"), "x", StandardOpenOption.WRITE));
        add("WRITE keeps what is behind", f -> {
            Path a = file(f, "a", "abcdef");
            Files.writeString(a, "XY", StandardOpenOption.WRITE);
            return Files.readString(a);
        });
        add("APPEND", f -> {
            Path a = file(f, "a", "abc");
            Files.writeString(a, "def", StandardOpenOption.APPEND);
            Files.writeString(f.resolve("b"), "new", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return content(f);
        });
        add("TRUNCATE_EXISTING", f -> {
            Path a = file(f, "a", "abcdef");
            Files.writeString(a, "x", StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
            return Files.readString(a);
        });
        add("options that contradict each other", f -> {
            Path a = file(f, "a", "abc");
            return each(
                    x -> open(a, StandardOpenOption.APPEND, StandardOpenOption.READ),
                    x -> open(a, StandardOpenOption.APPEND, StandardOpenOption.TRUNCATE_EXISTING),
                    x -> Files.newByteChannel(a, new OpenOption() {}));
        });
        add("write below what is missing", f -> file(f, "a/b", "x"));
        add("write below a file", f -> file(file(f, "a", "x"), "b", "y"));
        add("write to a folder", f -> file(folder(f, "a"), "", "y"));
        add("DELETE_ON_CLOSE", f -> {
            try (FileChannel c = open(
                    f.resolve("a"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE)) {
                c.write(bytes("x"));
            }
            return content(f);
        });
        add("streams", f -> {
            try (OutputStream out = Files.newOutputStream(f.resolve("a"))) {
                out.write(bytes("hello").array());
            }
            try (InputStream in = Files.newInputStream(f.resolve("a"))) {
                in.skip(2);
                return new String(in.readAllBytes(), UTF_8);
            }
        });
        add("a temporary file", f -> Files.size(Files.createTempFile(f, "a", "b")));
        add("createFile twice", f -> {
            Files.createFile(f.resolve("a"));
            return Files.createFile(f.resolve("a"));
        });
        add("delete what is missing", f -> {
            Files.delete(f.resolve("a"));
            return "";
        });
        add("deleteIfExists", f -> {
            file(f, "a", "");
            return "" + Files.deleteIfExists(f.resolve("a")) + Files.deleteIfExists(f.resolve("a"));
        });
        add("delete below a file", f -> {
            Files.delete(file(f, "a", "").resolve("b"));
            return "";
        });
        add("names that are long, of other alphabets, and hidden", f -> {
            file(f, "Grüße 世界", "1");
            file(f, " spaces \n and lines", "2");
            file(f, ".hidden", "3");
            return content(f).toString() + Files.isHidden(f.resolve(".hidden")) + Files.isHidden(f.resolve("a"));
        });
    }

    private static void folders() {
        add("make a folder twice", f -> {
            folder(f, "a");
            return folder(f, "a");
        });
        add("make a folder where a file is", f -> {
            file(f, "a", "");
            return folder(f, "a");
        });
        add("make a folder below what is missing", f -> folder(f, "a/b"));
        add("make a folder below a file", f -> folder(file(f, "a", ""), "b"));
        add("createDirectories", f -> {
            Files.createDirectories(f.resolve("a/b/c"));
            Files.createDirectories(f.resolve("a/b/c"));
            return content(f);
        });
        add("an empty folder stays", f -> {
            folder(f, "a");
            file(f, "a/b", "");
            Files.delete(f.resolve("a/b"));
            return content(f);
        });
        add("remove folders from the inside", f -> {
            Files.createDirectories(f.resolve("a/b/c"));
            file(f, "a/b/c/d", "");
            Files.delete(f.resolve("a/b/c/d"));
            Files.delete(f.resolve("a/b/c"));
            Files.delete(f.resolve("a/b"));
            return content(f);
        });
        add("remove a folder with something in it", f -> {
            file(folder(f, "a"), "b", "");
            Files.delete(f.resolve("a"));
            return "";
        });
        add("list a file", f -> Files.list(file(f, "a", "")).count());
        add("list what is missing", f -> Files.list(f.resolve("a")).count());
        add("list", f -> {
            file(f, "b", "");
            folder(f, "a");
            try (Stream<Path> all = Files.list(f)) {
                return new TreeSet<>(all.map(f::relativize).map(Path::toString).toList());
            }
        });
        add("list by a pattern", f -> {
            file(f, "a.txt", "");
            file(f, "b.bin", "");
            try (DirectoryStream<Path> all = Files.newDirectoryStream(f, "*.{txt,md}")) {
                List<String> names = new ArrayList<>();
                all.forEach(each -> names.add(each.getFileName().toString()));
                return names;
            }
        });
        add("a stream of a folder is used once, and not after closing", f -> {
            file(f, "a", "");
            DirectoryStream<Path> all = Files.newDirectoryStream(f);
            all.iterator();
            List<Object> outcomes = each(x -> all.iterator());
            all.close();
            outcomes.addAll(each(x -> all.iterator()));
            return outcomes;
        });
        add("a filter that fails", f -> {
            file(f, "a", "");
            try (DirectoryStream<Path> all = Files.newDirectoryStream(f, path -> {
                throw new IOException("no");
            })) {
                Iterator<Path> iterator = all.iterator();
                return iterator.hasNext();
            }
        });
        add("walk", f -> {
            Files.createDirectories(f.resolve("a/b"));
            file(f, "a/x", "1");
            file(f, "a/b/y", "2");
            return content(f);
        });
        add("walkFileTree, and remove on the way out", f -> {
            Files.createDirectories(f.resolve("a/b"));
            file(f, "a/x", "1");
            file(f, "a/b/y", "2");
            List<String> seen = new ArrayList<>();
            Files.walkFileTree(f.resolve("a"), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    seen.add(f.relativize(file) + " " + attributes.size());
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
                    seen.add(f.relativize(folder).toString());
                    Files.delete(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
            return new TreeSet<>(seen) + content(f).toString();
        });
        add(
                "a link",
                f -> Files.createSymbolicLink(f.resolve("a"), f.resolve("b")).getFileName());
    }

    private static void moving() {
        add("copy a file", f -> {
            Files.copy(file(f, "a", "text"), f.resolve("b"));
            return content(f);
        });
        add("copy onto what is there", f -> Files.copy(file(f, "a", "1"), file(f, "b", "2")));
        add("copy in place of a file, and of an empty folder", f -> {
            Path a = file(f, "a", "1");
            Files.copy(a, file(f, "b", "2"), StandardCopyOption.REPLACE_EXISTING);
            Files.copy(a, folder(f, "c"), StandardCopyOption.REPLACE_EXISTING);
            return content(f);
        });
        add("copy in place of a full folder", f -> {
            file(folder(f, "c"), "d", "");
            return Files.copy(file(f, "a", "1"), f.resolve("c"), StandardCopyOption.REPLACE_EXISTING);
        });
        add("copy a folder", f -> {
            file(folder(f, "a"), "b", "1");
            Files.copy(f.resolve("a"), f.resolve("c"));
            return content(f);
        });
        add("copy onto itself", f -> {
            Files.copy(file(f, "a", "1"), f.resolve("a"));
            return content(f);
        });
        add("copy what is missing", f -> Files.copy(f.resolve("a"), f.resolve("b")));
        add("copy with the time", f -> {
            Path a = file(f, "a", "1");
            Files.setLastModifiedTime(a, FileTime.fromMillis(1_000_000_000_000L));
            Files.copy(a, f.resolve("b"), StandardCopyOption.COPY_ATTRIBUTES);
            return Files.getLastModifiedTime(f.resolve("b"));
        });
        add("copy with options that make no sense", f -> {
            Path a = file(f, "a", "1");
            return each(
                    x -> Files.copy(a, f.resolve("b"), StandardCopyOption.ATOMIC_MOVE),
                    x -> Files.move(a, f.resolve("b"), StandardCopyOption.COPY_ATTRIBUTES));
        });
        add("move a file", f -> {
            Files.move(file(f, "a", "1"), f.resolve("b"));
            return content(f);
        });
        add("move onto what is there", f -> Files.move(file(f, "a", "1"), file(f, "b", "2")));
        add("move in place of a file", f -> {
            Files.move(file(f, "a", "1"), file(f, "b", "2"), StandardCopyOption.REPLACE_EXISTING);
            return content(f);
        });
        add("move in place of a file, atomically", f -> {
            Files.move(file(f, "a", "1"), file(f, "b", "2"), StandardCopyOption.ATOMIC_MOVE);
            return content(f);
        });
        add("move a folder with what is in it", f -> {
            Files.createDirectories(f.resolve("a/b/c"));
            file(f, "a/b/x", "1");
            Files.move(f.resolve("a"), f.resolve("z"));
            return content(f);
        });
        add("move a folder in place of an empty one, and of a full one", f -> {
            file(folder(f, "a"), "x", "1");
            folder(f, "b");
            file(folder(f, "c"), "y", "2");
            Files.move(f.resolve("a"), f.resolve("b"), StandardCopyOption.REPLACE_EXISTING);
            return each(x -> Files.move(f.resolve("b"), f.resolve("c"), StandardCopyOption.REPLACE_EXISTING))
                    + content(f).toString();
        });
        add("move a file in place of an empty folder, plainly and atomically", f -> {
            folder(f, "b");
            folder(f, "c");
            file(f, "a", "1");
            return each(
                            x -> Files.move(f.resolve("a"), f.resolve("b"), StandardCopyOption.ATOMIC_MOVE),
                            x -> Files.move(f.resolve("a"), f.resolve("c"), StandardCopyOption.REPLACE_EXISTING)
                                    .getFileName())
                    + content(f).toString();
        });
        add("move a folder in place of a file, atomically", f -> {
            folder(f, "a");
            return Files.move(f.resolve("a"), file(f, "b", ""), StandardCopyOption.ATOMIC_MOVE);
        });
        add("move a folder into itself", f -> {
            folder(f, "a");
            return Files.move(f.resolve("a"), f.resolve("a/b"));
        });
        add("move onto itself", f -> {
            Path a = file(f, "a", "1");
            Files.move(a, a);
            return content(f);
        });
        add(
                "move what is missing, and to where nothing is",
                f -> each(
                        x -> Files.move(f.resolve("a"), f.resolve("b")),
                        x -> Files.move(file(f, "c", ""), f.resolve("d/e"))));
    }

    private static void channels() {
        add("a channel has a position", f -> {
            try (FileChannel c = open(file(f, "a", "abcdef"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                c.position(2).write(bytes("XY"));
                return c.position() + " " + c.size() + " " + text(c);
            }
        });
        add("writing past the end fills with zeros", f -> {
            try (FileChannel c = open(file(f, "a", "ab"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                c.write(bytes("x"), 5);
                return c.size() + text(c);
            }
        });
        add("a position past the end changes nothing by itself", f -> {
            try (FileChannel c = open(file(f, "a", "ab"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                c.position(100);
                return c.size() + " " + c.read(ByteBuffer.allocate(1)) + " " + c.read(ByteBuffer.allocate(0));
            }
        });
        add("truncate, and not beyond the end", f -> {
            try (FileChannel c = open(file(f, "a", "abcdef"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                c.position(5);
                c.truncate(100);
                String before = c.size() + " " + c.position();
                c.truncate(2);
                return before + " " + c.size() + " " + c.position() + text(c);
            }
        });
        add("reading a channel for writing, and the reverse", f -> {
            file(f, "a", "abc");
            try (FileChannel w = open(f.resolve("a"), StandardOpenOption.WRITE);
                    FileChannel r = open(f.resolve("a"), StandardOpenOption.READ)) {
                return each(
                        x -> w.read(ByteBuffer.allocate(1)),
                        x -> r.write(bytes("x")),
                        x -> r.truncate(0),
                        x -> w.transferTo(0, 1, Channels.newChannel(OutputStream.nullOutputStream())),
                        x -> r.position(-1),
                        x -> r.read(ByteBuffer.allocate(1), -1),
                        x -> w.truncate(-1));
            }
        });
        add("a closed channel", f -> {
            FileChannel c = open(file(f, "a", "abc"), StandardOpenOption.READ, StandardOpenOption.WRITE);
            c.close();
            c.close();
            return c.isOpen()
                    + each(
                                    x -> c.read(ByteBuffer.allocate(1)),
                                    x -> c.write(bytes("x")),
                                    x -> c.size(),
                                    x -> c.position())
                            .toString();
        });
        add("an appending channel", f -> {
            try (FileChannel c = open(file(f, "a", "abc"), StandardOpenOption.APPEND)) {
                c.position(0).write(bytes("d"));
                return c.size() + " " + c.position() + Files.readString(f.resolve("a"));
            }
        });
        add("everybody sees what was written before it is forced", f -> {
            try (FileChannel c = open(f.resolve("a"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                c.write(bytes("abc"));
                return Files.size(f.resolve("a")) + Files.readString(f.resolve("a"));
            }
        });
        add("two channels share a file", f -> {
            file(f, "a", "abc");
            try (FileChannel one = open(f.resolve("a"), StandardOpenOption.READ, StandardOpenOption.WRITE);
                    FileChannel two = open(f.resolve("a"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                one.write(bytes("X"), 0);
                two.write(bytes("Y"), 2);
                one.truncate(4);
                return text(one) + text(two);
            }
        });
        add("a removed file lives while it is open", f -> {
            file(f, "a", "abc");
            try (FileChannel c = open(f.resolve("a"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                Files.delete(f.resolve("a"));
                c.write(bytes("d"), 3);
                return text(c) + content(f);
            }
        });
        add("a file that is replaced lives while it is open", f -> {
            file(f, "a", "old");
            file(f, "b", "new");
            try (FileChannel c = open(f.resolve("a"), StandardOpenOption.READ)) {
                Files.move(f.resolve("b"), f.resolve("a"), StandardCopyOption.ATOMIC_MOVE);
                return text(c) + content(f);
            }
        });
        add("an open file follows its name", f -> {
            folder(f, "d");
            file(f, "d/a", "abc");
            try (FileChannel c = open(f.resolve("d/a"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                c.write(bytes("X"), 0);
                Files.move(f.resolve("d"), f.resolve("e"));
                Files.move(f.resolve("e/a"), f.resolve("b"));
                c.write(bytes("Y"), 1);
            }
            return content(f);
        });
        add("a new file at the place of a removed one that is open", f -> {
            file(f, "a", "abc");
            try (FileChannel c = open(f.resolve("a"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                Files.delete(f.resolve("a"));
                file(f, "a", "other");
                c.write(bytes("X"), 0);
                return text(c) + content(f);
            }
        });
        add("scatter and gather", f -> {
            try (FileChannel c = open(file(f, "a", "abcdef"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                ByteBuffer[] parts = {ByteBuffer.allocate(2), ByteBuffer.allocate(3), ByteBuffer.allocate(4)};
                long read = c.read(parts);
                long end = c.read(parts, 2, 1);
                long written = c.write(new ByteBuffer[] {bytes("12"), bytes("345")});
                return read + " " + end + " " + written + " " + new String(parts[2].array(), UTF_8).trim() + text(c);
            }
        });
        add("transfer", f -> {
            try (FileChannel a = open(file(f, "a", "abcdef"), StandardOpenOption.READ);
                    FileChannel b = open(file(f, "b", "12"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                return a.transferTo(1, 100, b) + " " + a.transferTo(50, 1, b) + " "
                        + b.transferFrom(a.position(4), 1, 9) + " " + b.transferFrom(a, 100, 1) + text(b);
            }
        });
        add("locks within this process", f -> {
            file(f, "a", "abc");
            try (FileChannel one = open(f.resolve("a"), StandardOpenOption.READ, StandardOpenOption.WRITE);
                    FileChannel two = open(f.resolve("a"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                FileLock lock = one.lock(0, 2, false);
                List<Object> seen = each(
                        x -> two.tryLock(1, 1, false),
                        x -> two.tryLock(2, 1, true).isShared());
                lock.release();
                seen.addAll(each(x -> two.tryLock(0, 1, false).isValid(), x -> lock.isValid()));
                return seen;
            }
        });
        add("a lock ends with its channel", f -> {
            file(f, "a", "abc");
            FileChannel one = open(f.resolve("a"), StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = one.lock();
            one.close();
            try (FileChannel two = open(f.resolve("a"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                return lock.isValid() + " " + two.lock().isValid()
                        + each(x -> {
                            lock.release();
                            return "";
                        });
            }
        });
        add("a shared lock needs reading, another one writing", f -> {
            file(f, "a", "abc");
            try (FileChannel r = open(f.resolve("a"), StandardOpenOption.READ);
                    FileChannel w = open(f.resolve("a"), StandardOpenOption.WRITE)) {
                return each(x -> r.tryLock(), x -> w.tryLock(0, 1, true));
            }
        });
        add("map", f -> {
            try (FileChannel c = open(file(f, "a", "abc"), StandardOpenOption.READ)) {
                return (char) c.map(FileChannel.MapMode.READ_ONLY, 0, 3).get(1);
            }
        });
        add("a byte channel", f -> {
            try (SeekableByteChannel c =
                    Files.newByteChannel(f.resolve("a"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                c.position(3).write(bytes("x"));
            }
            return Files.size(f.resolve("a"));
        });
    }

    private static void attributes() {
        add("sizes", f -> Files.size(file(f, "a", "12345")) + " " + Files.readAttributes(f.resolve("a"), "size"));
        add("a time that is set, in seconds", f -> {
            Path a = file(f, "a", "x");
            Files.setLastModifiedTime(a, FileTime.fromMillis(1_234_567_890_000L));
            return Files.getLastModifiedTime(a);
        });
        add("the time of a folder", f -> {
            Files.setLastModifiedTime(folder(f, "d"), FileTime.fromMillis(1_000_000_000_000L));
            return Files.getLastModifiedTime(f.resolve("d"));
        });
        add("a change makes a file newer", f -> {
            Path a = file(f, "a", "x");
            Files.setLastModifiedTime(a, FileTime.fromMillis(1_000_000_000_000L));
            Files.writeString(a, "y");
            return Files.getLastModifiedTime(a).toMillis() > 1_600_000_000_000L;
        });
        add("a new file makes its folder newer", f -> {
            Files.setLastModifiedTime(folder(f, "d"), FileTime.fromMillis(1_000_000_000_000L));
            file(f, "d/a", "");
            return Files.getLastModifiedTime(f.resolve("d")).toMillis() > 1_600_000_000_000L;
        });
        add("attributes by name", f -> {
            file(f, "a", "123");
            return each(
                    x -> Files.getAttribute(f.resolve("a"), "isDirectory"),
                    x -> Files.getAttribute(f.resolve("a"), "basic:isRegularFile"),
                    x -> Files.readAttributes(f.resolve("a"), "size,isOther").size(),
                    x -> Files.getAttribute(f.resolve("a"), "nothing"),
                    x -> Files.getAttribute(f.resolve("a"), "strange:size"),
                    x -> new TreeSet<>(Files.readAttributes(f.resolve("a"), "*").keySet()));
        });
        add("attributes of what is missing", f -> Files.readAttributes(f.resolve("a"), BasicFileAttributes.class));
        add("setting a time through a view, and through a name", f -> {
            Path a = file(f, "a", "1");
            FileTime time = FileTime.fromMillis(1_111_111_111_000L);
            Files.getFileAttributeView(a, BasicFileAttributeView.class).setTimes(time, null, null);
            String first = "" + Files.getLastModifiedTime(a);
            Files.setAttribute(a, "lastModifiedTime", FileTime.fromMillis(0));
            return first + Files.getLastModifiedTime(a);
        });
        add("the attributes of POSIX", f -> {
            PosixFileAttributes a = Files.readAttributes(file(f, "a", "1"), PosixFileAttributes.class);
            return a.owner().getName() + " " + a.group().getName() + " " + a.isRegularFile();
        });
        add("access", f -> {
            file(f, "a", "");
            f.getFileSystem().provider().checkAccess(f, AccessMode.EXECUTE, AccessMode.WRITE);
            return each(x -> {
                f.getFileSystem().provider().checkAccess(f.resolve("b"));
                return "";
            });
        });
        add("isSameFile", f -> {
            Path a = file(f, "a", "");
            return "" + Files.isSameFile(a, f.resolve("./a")) + Files.isSameFile(a, file(f, "b", ""))
                    + each(x -> Files.isSameFile(a, f.resolve("none")));
        });
        add(
                "toRealPath",
                f -> f.toRealPath().relativize(folder(f, "a").resolve("../a").toRealPath())
                        + each(x -> f.resolve("none").toRealPath()).toString());
        add("the store of a file", f -> {
            long total = Files.getFileStore(f).getTotalSpace();
            long free = Files.getFileStore(f).getUsableSpace();
            return total > 0 && free > 0 && free <= total;
        });
    }

    private static void patterns() {
        for (String glob : GLOBS) {
            add("glob " + glob, f -> {
                List<String> matched = new ArrayList<>();
                var matcher = f.getFileSystem().getPathMatcher("glob:" + glob);
                for (String name : NAMES) {
                    if (matcher.matches(f.getFileSystem().getPath(name))) {
                        matched.add(name);
                    }
                }
                return matched;
            });
        }
        add(
                "other matchers",
                f -> each(
                        x -> f.getFileSystem()
                                .getPathMatcher("regex:a.c")
                                .matches(f.getFileSystem().getPath("abc")),
                        x -> f.getFileSystem()
                                .getPathMatcher("GLOB:a*")
                                .matches(f.getFileSystem().getPath("abc")),
                        x -> f.getFileSystem().getPathMatcher("fish:a"),
                        x -> f.getFileSystem().getPathMatcher("a")));
    }

    private static void paths() {
        for (String first : PATHS) {
            add("path '" + first + "'", f -> {
                Path a = f.getFileSystem().getPath(first);
                List<Object> seen = new ArrayList<>(each(
                        x -> a,
                        x -> a.isAbsolute(),
                        x -> a.getRoot(),
                        x -> a.getFileName(),
                        x -> a.getParent(),
                        x -> a.getNameCount(),
                        x -> a.normalize(),
                        x -> a.getName(0),
                        x -> a.getName(1),
                        x -> a.subpath(0, 2),
                        x -> a.subpath(1, 1),
                        x -> a.getName(-1)));
                List<Path> names = new ArrayList<>();
                a.forEach(names::add);
                seen.add(names);
                for (String second : PATHS) {
                    Path b = f.getFileSystem().getPath(second);
                    seen.add(second);
                    seen.addAll(each(
                            x -> a.resolve(b),
                            x -> a.relativize(b),
                            x -> a.startsWith(b),
                            x -> a.endsWith(b),
                            x -> Integer.signum(a.compareTo(b)),
                            x -> a.equals(b),
                            x -> a.resolveSibling(b)));
                }
                return seen;
            });
        }
        add(
                "a path of several pieces",
                f -> f.getFileSystem().getPath("", "a", "", "b/", "/c") + " "
                        + f.getFileSystem().getPath("/", "a") + " "
                        + f.getFileSystem().getPath("", ""));
        add("a path with a zero", f -> f.getFileSystem().getPath("a\0b"));
        add("a path with half a character", f -> f.getFileSystem().getPath("a\ud800"));
    }
}
