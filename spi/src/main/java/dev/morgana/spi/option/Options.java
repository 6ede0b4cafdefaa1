package dev.morgana.spi.option;

import dev.morgana.spi.error.InvalidOptionException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Option values by name: texts from users, objects from programs. A value is parsed and checked when it is
 * {@linkplain #get(Option) asked for} by its declaration. Immutable.
 *
 * <p>{@code block_size}, {@code block-size} and {@code blockSize} are one name.
 */
public final class Options {
    private static final Options NONE = new Options(Map.of());

    /** By canonical name; a value is a String, an object of a program, or a List of Strings if given more than once. */
    private final Map<String, Object> values;

    private Options(Map<String, Object> values) {
        this.values = values;
    }

    /**
     * No options at all: every default counts.
     *
     * @return the empty set
     */
    public static Options none() {
        return NONE;
    }

    /**
     * Options from a map, such as the environment of another framework.
     *
     * @param values text or other values by name
     * @return the options
     */
    public static Options of(Map<String, ?> values) {
        Options options = NONE;
        for (Map.Entry<String, ?> entry : new TreeMap<String, Object>(values).entrySet()) {
            options = options.put(entry.getKey(), entry.getValue());
        }
        return options;
    }

    /**
     * These options and one more as text. A name that is set already keeps its other values too, for options that may be
     * {@linkplain #all(Option) repeated}.
     *
     * @param name the name, in any spelling
     * @param text the value
     * @return the larger set
     */
    public Options plus(String name, String text) {
        Object present = values.get(canonical(name));
        if (present == null) {
            return put(name, text);
        }
        List<String> both = java.util.stream.Stream.concat(texts(present), java.util.stream.Stream.of(text))
                .toList();
        return put(name, both);
    }

    /**
     * These options with one set to a value, whatever it was before.
     *
     * @param <T> the type of its value
     * @param option the declaration
     * @param value the value
     * @return the changed set
     */
    public <T> Options with(Option<T> option, T value) {
        return put(option.name(), value);
    }

    /**
     * These options, and where a name is not set, the other's.
     *
     * @param defaults what counts where these options say nothing
     * @return the union
     */
    public Options orElse(Options defaults) {
        Map<String, Object> union = new LinkedHashMap<>(defaults.values);
        union.putAll(values);
        return new Options(union);
    }

    /**
     * Only the options that are declared.
     *
     * @param declarations the declarations
     * @return the options with the names of the declarations
     */
    public Options only(Collection<? extends Option<?>> declarations) {
        Set<String> names = names(declarations);
        Map<String, Object> kept = new LinkedHashMap<>(values);
        kept.keySet().retainAll(names);
        return new Options(kept);
    }

    /**
     * These options without one.
     *
     * @param name its name, in any spelling
     * @return the smaller set
     */
    public Options without(String name) {
        Map<String, Object> fewer = new LinkedHashMap<>(values);
        fewer.remove(canonical(name));
        return new Options(fewer);
    }

    private Options put(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(values);
        more.put(canonical(name), value);
        return new Options(more);
    }

    /**
     * The value of an option.
     *
     * @param <T> the type of its value
     * @param option the declaration; it has a default
     * @return the value given, or the default
     * @throws InvalidOptionException if the value given is malformed, out of range, or given more than once
     * @throws IllegalArgumentException if nothing is given and the declaration has no default
     */
    public <T> T get(Option<T> option) throws InvalidOptionException {
        T value = find(option);
        if (value == null) {
            throw new IllegalArgumentException("option " + option.name() + " has no default");
        }
        return value;
    }

    /**
     * The value of an option that may be absent.
     *
     * @param <T> the type of its value
     * @param option the declaration
     * @return the value given, or the default, or empty
     * @throws InvalidOptionException if the value given is malformed, out of range, or given more than once
     */
    public <T> Optional<T> optional(Option<T> option) throws InvalidOptionException {
        return Optional.ofNullable(find(option));
    }

    private <T> @Nullable T find(Option<T> option) throws InvalidOptionException {
        Object value = values.get(option.name());
        if (value == null) {
            return option.defaultValue();
        }
        if (value instanceof List<?> several) {
            throw new InvalidOptionException(option.name(), "is given " + several.size() + " times, must be once");
        }
        return value instanceof String text ? option.parse(text) : option.accept(value);
    }

    /**
     * All values of an option that may be given several times.
     *
     * @param <T> the type of its values
     * @param option the declaration
     * @return the values in the order given, possibly none; the default does not count
     * @throws InvalidOptionException if a value is malformed or out of range
     */
    public <T> List<T> all(Option<T> option) throws InvalidOptionException {
        Object value = values.get(option.name());
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> || value instanceof String) {
            List<T> parsed = new java.util.ArrayList<>();
            for (String text : texts(value).toList()) {
                parsed.add(option.parse(text));
            }
            return List.copyOf(parsed);
        }
        return List.of(option.accept(value));
    }

    /**
     * Tells whether an option is given.
     *
     * @param option the declaration
     * @return whether there is a value other than the default
     */
    public boolean has(Option<?> option) {
        return values.containsKey(option.name());
    }

    /**
     * Refuses options that nobody declares, and checks every value of those that are declared, so that nothing is opened or
     * written before all options are known to be right.
     *
     * @param declarations every option that counts
     * @throws InvalidOptionException if a name is not declared (the message offers the nearest one) or a value is wrong
     */
    public void check(Collection<? extends Option<?>> declarations) throws InvalidOptionException {
        Set<String> names = names(declarations);
        for (String name : values.keySet()) {
            if (!names.contains(name)) {
                throw new InvalidOptionException(
                        name,
                        "is not known here" + Nearest.hint(name, names) + "; known: "
                                + (names.isEmpty() ? "none" : String.join(", ", names)));
            }
        }
        for (Option<?> option : declarations) {
            all(option);
        }
    }

    /**
     * The values as text, for messages and for opening the same store again.
     *
     * @return by canonical name; a repeated option's values joined by {@code ,}
     */
    public Map<String, String> asText() {
        Map<String, String> texts = new LinkedHashMap<>();
        values.forEach((name, value) -> texts.put(name, texts(value).collect(Collectors.joining(","))));
        return texts;
    }

    /**
     * The values as text, those of a repeated option one by one.
     *
     * @return by canonical name
     */
    public Map<String, List<String>> asTexts() {
        Map<String, List<String>> texts = new LinkedHashMap<>();
        values.forEach((name, value) -> texts.put(name, texts(value).toList()));
        return texts;
    }

    private static java.util.stream.Stream<String> texts(Object value) {
        return value instanceof List<?> several
                ? several.stream().map(Options::text)
                : java.util.stream.Stream.of(text(value));
    }

    private static Set<String> names(Collection<? extends Option<?>> declarations) {
        return declarations.stream().map(Option::name).collect(Collectors.toCollection(java.util.LinkedHashSet::new));
    }

    /** {@code block_size} and {@code block-size} become {@code blockSize}. */
    private static String canonical(String name) {
        StringBuilder camel = new StringBuilder(name.length());
        boolean raise = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '_' || c == '-') {
                raise = camel.length() > 0;
            } else {
                camel.append(raise ? Character.toUpperCase(c) : c);
                raise = false;
            }
        }
        return camel.toString();
    }

    private static String text(Object value) {
        return value instanceof Enum<?> constant ? Option.word(constant) : value.toString();
    }

    /** The options as {@code name=value} pairs. */
    @Override
    public String toString() {
        return asText().toString();
    }
}
