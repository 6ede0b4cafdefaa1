package dev.morgana.interop.peer;

import java.util.List;
import java.util.Random;

/**
 * Changes of files in chunks. Who can do everything also writes files of more chunks than the peer can replace or delete, and
 * changes and moves files; the peer puts and deletes, and leaves such files alone.
 *
 * @param names the paths that are used; the first one's file never becomes long, so that the peer always finds something to do
 * @param most bytes of the largest file that the peer can replace
 * @param everything whether more can be done than the peer can
 */
record FilesWorkload(List<Name> names, int most, boolean everything) implements Workload {
    private static final int LONGER = 2;
    private static final int MOST_PART = 300;

    @Override
    public String leaf() {
        return "file";
    }

    @Override
    public Step next(Random random, Model model) {
        while (true) {
            Name name = names.get(random.nextInt(names.size()));
            if (everything) {
                return model.has(name) ? change(random, model, name) : put(random, name);
            }
            if (!model.has(name) || model.content(name).length <= most) {
                boolean delete = model.has(name) && random.nextInt(3) == 0;
                return delete ? new Step.Delete(name) : new Step.Put(name, Values.next(random, most));
            }
        }
    }

    private int most(Name name) {
        return name.equals(names.get(0)) ? most : LONGER * most;
    }

    private Step put(Random random, Name name) {
        return new Step.Put(name, Values.next(random, most(name)));
    }

    private Step change(Random random, Model model, Name name) {
        int size = model.content(name).length;
        return switch (random.nextInt(6)) {
            case 0 -> new Step.Delete(name);
            case 1 -> new Step.Append(name, Values.next(random, Math.min(MOST_PART, most(name) - size)));
            case 2 -> {
                int offset = random.nextInt(size + 1);
                yield new Step.Write(name, offset, Values.next(random, Math.min(MOST_PART, most(name) - offset)));
            }
            case 3 -> new Step.Truncate(name, random.nextInt(size + 1));
            case 4 -> rename(random, model, name);
            default -> put(random, name);
        };
    }

    private Step rename(Random random, Model model, Name from) {
        Name to = names.get(random.nextInt(names.size()));
        return model.content(from).length > most(to) ? new Step.Delete(from) : new Step.Rename(from, to);
    }
}
