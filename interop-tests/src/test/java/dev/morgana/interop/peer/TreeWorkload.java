package dev.morgana.interop.peer;

import java.util.List;
import java.util.Random;

/**
 * Everything that changes a tree of files. At most as many files and directories as the geometry carries.
 *
 * @param mostFiles how many files there are at most
 * @param mostBytes of a file
 * @param mostAttributeBytes of an attribute; one entry with all of its attributes must fit into half a block;
 *     0 for no attributes
 */
record TreeWorkload(int mostFiles, int mostBytes, int mostAttributeBytes) implements Workload {
    /** The types of attributes that are used, and asked for. */
    static final List<Integer> ATTRIBUTES = List.of(0x74, 0x75, 0x01);

    private static final int MOST_DIRECTORIES = 5;

    @Override
    public String leaf() {
        return "file";
    }

    @Override
    public Step next(Random random, Model model) {
        List<Name> files = model.names(false);
        List<Name> directories = model.names(true);
        while (true) {
            Step step = propose(random, model, files, directories);
            if (step != null) {
                return step;
            }
        }
    }

    /** One of the steps; null if the tree has nothing to do it with. */
    private Step propose(Random random, Model model, List<Name> files, List<Name> directories) {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> put(random, model, files, directories);
            case 3 -> files.isEmpty() ? null : append(random, model, pick(random, files));
            case 4 -> files.isEmpty() ? null : truncate(random, model, pick(random, files));
            case 5 -> makeDirectory(random, model, directories);
            case 6 -> rename(random, model, files, directories);
            case 7 -> files.isEmpty() || mostAttributeBytes == 0 ? null : attribute(random, pick(random, files));
            case 8 -> files.isEmpty() ? null : new Step.Delete(pick(random, files));
            default -> deleteDirectory(random, model, directories);
        };
    }

    private Step put(Random random, Model model, List<Name> files, List<Name> directories) {
        Name name = files.size() < mostFiles ? fresh(random, directories, "f") : pick(random, files);
        return isDirectory(model, name) ? null : new Step.Put(name, Values.next(random, mostBytes));
    }

    private Step append(Random random, Model model, Name file) {
        int room = mostBytes - model.content(file).length;
        return room <= 0 ? null : new Step.Append(file, Values.next(random, room));
    }

    private static Step truncate(Random random, Model model, Name file) {
        return new Step.Truncate(file, random.nextInt(model.content(file).length + 1));
    }

    private static Step makeDirectory(Random random, Model model, List<Name> directories) {
        Name name = fresh(random, directories, "d");
        return directories.size() >= MOST_DIRECTORIES || model.has(name) ? null : new Step.MakeDirectory(name);
    }

    /** A file to a new place or over another file; a directory to a new place outside itself. */
    private static Step rename(Random random, Model model, List<Name> files, List<Name> directories) {
        if (!directories.isEmpty() && random.nextInt(3) == 0) {
            Name from = pick(random, directories);
            Name to = fresh(random, directories, "d");
            return model.has(to) || to.toString().startsWith(from + "/") ? null : new Step.Rename(from, to);
        }
        if (files.isEmpty()) {
            return null;
        }
        Name from = pick(random, files);
        Name to = fresh(random, directories, "f");
        return from.equals(to) || isDirectory(model, to) ? null : new Step.Rename(from, to);
    }

    /** Of a byte and more: the binding of the peer takes no empty one. */
    private Step attribute(Random random, Name file) {
        byte[] value = new byte[1 + random.nextInt(mostAttributeBytes)];
        random.nextBytes(value);
        return new Step.SetAttribute(file, ATTRIBUTES.get(random.nextInt(ATTRIBUTES.size())), value);
    }

    private static Step deleteDirectory(Random random, Model model, List<Name> directories) {
        if (directories.isEmpty()) {
            return null;
        }
        Name directory = pick(random, directories);
        return model.isEmpty(directory) ? new Step.Delete(directory) : null;
    }

    private static Name fresh(Random random, List<Name> directories, String prefix) {
        String name = prefix + random.nextInt(12);
        int folder = random.nextInt(directories.size() + 1);
        return Name.of(folder == directories.size() ? name : directories.get(folder) + "/" + name);
    }

    private static boolean isDirectory(Model model, Name name) {
        return model.names(true).contains(name);
    }

    private static Name pick(Random random, List<Name> names) {
        return names.get(random.nextInt(names.size()));
    }
}
