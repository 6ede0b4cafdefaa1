package dev.morgana.tck.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.Capability;
import dev.morgana.spi.store.RenameMode;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a power loss may leave, told in small trees: a path is a value of one byte, a path with a slash at its end a dictionary. */
class CrashRuleTest {
    private static final Set<Capability> EXPLICIT = EnumSet.of(Capability.EXPLICIT_DICTIONARIES);
    private static final Set<Capability> ATOMIC =
            EnumSet.of(Capability.EXPLICIT_DICTIONARIES, Capability.ATOMIC_RENAME, Capability.ATOMIC_TREE_REMOVE);

    private static TreeState state(String... paths) {
        TreeMap<Key, byte[]> values = new TreeMap<>();
        TreeSet<Key> dictionaries = new TreeSet<>();
        for (String path : paths) {
            String[] parts = path.split("=");
            Key key = Key.of(parts[0]);
            if (path.endsWith("/")) {
                dictionaries.add(key);
            } else {
                values.put(key, new byte[] {parts.length > 1 ? Byte.parseByte(parts[1]) : 1});
            }
        }
        return new TreeState(values, dictionaries);
    }

    private static @Nullable String violation(
            Operation operation, TreeState before, TreeState found, Set<Capability> capabilities) {
        boolean explicit = capabilities.contains(Capability.EXPLICIT_DICTIONARIES);
        TreeModel old = new TreeModel(explicit, before);
        TreeModel changed = old.copy();
        operation.apply(changed);
        return new CrashRule(operation, old, changed.state(), capabilities).violation(found);
    }

    @Nested
    class OfSettingAValue {
        private final TreeState before = state("a=1", "b=1");
        private final Operation put = new Operations.Put(Key.of("a"), new Content(1, 9), false);

        @Test
        void oldAndNewAreRight() {
            byte fresh = new Content(1, 9).bytes()[0];

            assertThat(violation(put, before, before, EXPLICIT)).isNull();
            assertThat(violation(put, before, state("a=" + fresh, "b=1"), EXPLICIT))
                    .isNull();
        }

        @Test
        void anythingElseIsWrong() {
            assertThat(violation(put, before, state("a=3", "b=1"), EXPLICIT)).contains("/a");
            assertThat(violation(put, before, state("b=1"), EXPLICIT)).contains("/a");
            assertThat(violation(put, before, state("a=1", "b=2"), EXPLICIT)).contains("/b");
            assertThat(violation(put, before, state("a=1", "b=1", "c=1"), EXPLICIT))
                    .contains("/c");
        }

        @Test
        void missingParentsMayAppearBefore() {
            Operation deep = new Operations.Put(Key.of("p/q/v"), new Content(1, 9), false);

            assertThat(violation(deep, before, state("a=1", "b=1", "p/", "p/q/"), EXPLICIT))
                    .isNull();
            assertThat(violation(deep, before, state("a=1", "b=1", "p/"), EXPLICIT))
                    .isNull();
            assertThat(violation(deep, before, state("a=1", "b=1", "x/"), EXPLICIT))
                    .contains("/x");
        }
    }

    @Nested
    class OfRemovingADictionary {
        private final TreeState before = state("d/", "d/a", "d/b", "x");
        private final Operation remove = new Operations.Remove(Key.of("d"));

        @Test
        void aPartMayBeLeftUnlessItIsAtomic() {
            TreeState part = state("d/", "d/b", "x");

            assertThat(violation(remove, before, part, EXPLICIT)).isNull();
            assertThat(violation(remove, before, part, ATOMIC)).contains("half done");
            assertThat(violation(remove, before, state("x"), ATOMIC)).isNull();
        }

        @Test
        void nothingElseMayGo() {
            assertThat(violation(remove, before, state("d/", "d/a", "d/b"), EXPLICIT))
                    .contains("/x");
        }
    }

    @Nested
    class OfMoving {
        private final TreeState before = state("d/", "d/a=1", "d/b=2", "t=5");
        private final Operation move = new Operations.Rename(Key.of("d"), Key.of("e"), RenameMode.EXACT);

        @Test
        void aValueIsNeverInNeitherPlace() {
            assertThat(violation(move, before, state("d/", "e/", "d/a=1", "d/b=2", "e/a=1", "t=5"), EXPLICIT))
                    .isNull();
            assertThat(violation(move, before, state("d/", "e/", "d/b=2", "e/a=1", "t=5"), EXPLICIT))
                    .isNull();
            assertThat(violation(move, before, state("d/", "e/", "d/b=2", "t=5"), EXPLICIT))
                    .contains("neither");
        }

        @Test
        void anAtomicMoveIsInExactlyOnePlace() {
            assertThat(violation(move, before, state("e/", "e/a=1", "e/b=2", "t=5"), ATOMIC))
                    .isNull();
            assertThat(violation(move, before, state("d/", "e/", "d/a=1", "d/b=2", "t=5"), ATOMIC))
                    .contains("half done");
            assertThat(violation(move, before, state("d/", "e/", "d/a=1", "d/b=2", "e/a=1", "e/b=2", "t=5"), ATOMIC))
                    .contains("half done");
        }

        @Test
        void aValueThatIsReplacedIsOldOrNew() {
            Operation over = new Operations.Rename(Key.of("d/a"), Key.of("t"), RenameMode.EXACT);

            assertThat(violation(over, before, state("d/", "d/a=1", "d/b=2", "t=1"), EXPLICIT))
                    .isNull();
            assertThat(violation(over, before, state("d/", "d/b=2", "t=5"), EXPLICIT))
                    .contains("neither");
            assertThat(violation(over, before, state("d/", "d/b=2"), EXPLICIT)).isNotNull();
        }
    }

    @Nested
    class WithoutExplicitDictionaries {
        @Test
        void theyFollowFromTheValues() {
            TreeState before = state("d/", "d/a", "d/b");
            Operation remove = new Operations.Remove(Key.of("d"));

            assertThat(violation(remove, before, state("d/", "d/a"), Set.of())).isNull();
            assertThat(violation(remove, before, state(), Set.of())).isNull();
        }
    }
}
