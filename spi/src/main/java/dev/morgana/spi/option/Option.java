package dev.morgana.spi.option;

import dev.morgana.spi.error.InvalidOptionException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The declaration of one option: parsing, range errors, {@code --help} and documentation all come from it. Instances are
 * immutable; providers keep them as constants.
 *
 * <p>Names are camelCase; users may write them in snake_case or kebab-case too. By convention the constructor methods are
 * followed by {@link #unit}, {@link #range}, {@link #byDefault} and {@link #describe} as needed.
 *
 * @param <T> the type of its value
 */
public final class Option<T> {
    /** Reads the text of an option; null for text that is none of its type. */
    @FunctionalInterface
    private interface Parser<T> {
        @Nullable
        T parse(String text);
    }

    private final String name;
    private final OptionType type;
    private final Class<T> valueType;
    private final Parser<T> parser;
    private final @Nullable T defaultValue;
    private final String defaultText;
    private final String unit;
    private final long min;
    private final long max;
    private final List<String> choices;
    private final String description;

    private Option(
            String name,
            OptionType type,
            Class<T> valueType,
            Parser<T> parser,
            @Nullable T defaultValue,
            String defaultText,
            String unit,
            long min,
            long max,
            List<String> choices,
            String description) {
        this.name = name;
        this.type = type;
        this.valueType = valueType;
        this.parser = parser;
        this.defaultValue = defaultValue;
        this.defaultText = defaultText;
        this.unit = unit;
        this.min = min;
        this.max = max;
        this.choices = choices;
        this.description = description;
    }

    private static <T> Option<T> declare(
            String name, OptionType type, Class<T> valueType, List<String> choices, Parser<T> parser) {
        if (!name.matches("[a-z][a-zA-Z0-9]*")) {
            throw new IllegalArgumentException("option name is not camelCase: " + name);
        }
        return new Option<>(name, type, valueType, parser, null, "", "", Long.MIN_VALUE, Long.MAX_VALUE, choices, "");
    }

    /**
     * Declares a whole number.
     *
     * @param name the name, camelCase
     * @return the declaration
     */
    public static Option<Long> integer(String name) {
        return declare(name, OptionType.INTEGER, Long.class, List.of(), Quantity::parseInteger);
    }

    /**
     * Declares a size in bytes, from 0.
     *
     * @param name the name, camelCase
     * @return the declaration
     */
    public static Option<Long> size(String name) {
        return declare(name, OptionType.SIZE, Long.class, List.of(), Quantity::parseSize)
                .unit("bytes")
                .range(0, Long.MAX_VALUE);
    }

    /**
     * Declares a flag that is false unless given.
     *
     * @param name the name, camelCase
     * @return the declaration
     */
    public static Option<Boolean> flag(String name) {
        return declare(name, OptionType.FLAG, Boolean.class, List.of("true", "false"), text -> switch (text) {
                    case "", "true" -> Boolean.TRUE;
                    case "false" -> Boolean.FALSE;
                    default -> null;
                })
                .byDefault(false);
    }

    /**
     * Declares a choice among the constants of an enum, written as their {@code toString()}, or where that is their name, in
     * lower case with {@code -} for {@code _}. Readers of text look at neither case nor the kind of dash.
     *
     * @param <E> the enum
     * @param name the name, camelCase
     * @param constants the enum
     * @return the declaration
     */
    public static <E extends Enum<E>> Option<E> choice(String name, Class<E> constants) {
        List<String> words =
                Arrays.stream(constants.getEnumConstants()).map(Option::word).toList();
        return declare(
                name,
                OptionType.CHOICE,
                constants,
                words,
                text -> Arrays.stream(constants.getEnumConstants())
                        .filter(c -> word(c).equalsIgnoreCase(text.replace('_', '-')))
                        .findFirst()
                        .orElse(null));
    }

    /**
     * Declares free text.
     *
     * @param name the name, camelCase
     * @return the declaration
     */
    public static Option<String> text(String name) {
        return declare(name, OptionType.TEXT, String.class, List.of(), text -> text);
    }

    /**
     * Declares the path of a file.
     *
     * @param name the name, camelCase
     * @return the declaration
     */
    public static Option<String> path(String name) {
        return declare(name, OptionType.PATH, String.class, List.of(), text -> text.isEmpty() ? null : text);
    }

    /**
     * Declares an object that only a program can give; text for it is refused.
     *
     * @param <T> the type
     * @param name the name, camelCase
     * @param valueType the type
     * @return the declaration
     */
    public static <T> Option<T> object(String name, Class<T> valueType) {
        return declare(name, OptionType.OBJECT, valueType, List.of(), text -> null);
    }

    /**
     * This declaration with a unit.
     *
     * @param name the unit, such as {@code bytes}, {@code blocks} or {@code erases}
     * @return the changed declaration
     */
    public Option<T> unit(String name) {
        return new Option<>(
                this.name, type, valueType, parser, defaultValue, defaultText, name, min, max, choices, description);
    }

    /**
     * This declaration with a range; for numbers and sizes.
     *
     * @param lowest the least value allowed
     * @param highest the greatest value allowed
     * @return the changed declaration
     */
    public Option<T> range(long lowest, long highest) {
        if (valueType != Long.class || lowest > highest) {
            throw new IllegalArgumentException(
                    "option " + name + " cannot have the range " + lowest + " to " + highest);
        }
        return new Option<>(
                name, type, valueType, parser, defaultValue, defaultText, unit, lowest, highest, choices, description);
    }

    /**
     * This declaration with a default.
     *
     * @param value the value that counts when the option is not given
     * @return the changed declaration
     */
    public Option<T> byDefault(T value) {
        String text = value instanceof Enum<?> constant ? word(constant) : value.toString();
        return new Option<>(name, type, valueType, parser, value, text, unit, min, max, choices, description);
    }

    /**
     * This declaration with a default that depends on the situation, told in words.
     *
     * @param rule what counts when the option is not given, such as {@code from the superblock}
     * @return the changed declaration
     */
    public Option<T> defaultRule(String rule) {
        return new Option<>(name, type, valueType, parser, null, rule, unit, min, max, choices, description);
    }

    /**
     * This declaration with a description.
     *
     * @param text one sentence without a final full stop
     * @return the changed declaration
     */
    public Option<T> describe(String text) {
        return new Option<>(name, type, valueType, parser, defaultValue, defaultText, unit, min, max, choices, text);
    }

    /**
     * The name.
     *
     * @return camelCase
     */
    public String name() {
        return name;
    }

    /**
     * How its text is read.
     *
     * @return the type
     */
    public OptionType type() {
        return type;
    }

    /**
     * The unit of a number.
     *
     * @return the unit, empty where there is none
     */
    public String unit() {
        return unit;
    }

    /**
     * The default in words, for help texts.
     *
     * @return the default value or rule; empty where there is none
     */
    public String defaultText() {
        return defaultText;
    }

    /**
     * The values allowed in words, for help texts and errors.
     *
     * @return a range or a list of words; empty where any value of the type is allowed
     */
    public String allowed() {
        if (!choices.isEmpty()) {
            return String.join(", ", choices);
        }
        if (valueType != Long.class || (min == Long.MIN_VALUE && max == Long.MAX_VALUE)) {
            return "";
        }
        if (max == Long.MAX_VALUE) {
            return "at least " + min;
        }
        return min + " to " + max;
    }

    /**
     * What the option does.
     *
     * @return one sentence without a final full stop
     */
    public String description() {
        return description;
    }

    @Nullable
    T defaultValue() {
        return defaultValue;
    }

    /** The value of an object given by a program, checked like a parsed one. */
    T accept(Object value) throws InvalidOptionException {
        if (!valueType.isInstance(value)) {
            throw new InvalidOptionException(
                    name, "is a " + value.getClass().getSimpleName() + ", must be a " + valueType.getSimpleName());
        }
        return inRange(valueType.cast(value), value.toString());
    }

    /** The value of a text given by a user. */
    T parse(String text) throws InvalidOptionException {
        T value = parser.parse(text);
        if (value == null) {
            throw new InvalidOptionException(name, "'" + text + "' is not right, must be a " + expectation());
        }
        return inRange(value, text);
    }

    private T inRange(T value, String text) throws InvalidOptionException {
        if (value instanceof Long number && (number < min || number > max)) {
            throw new InvalidOptionException(name, text + " is out of range, must be a " + expectation());
        }
        return value;
    }

    private String expectation() {
        return switch (type) {
            case OBJECT -> "program's own object, which has no text form";
            case CHOICE, FLAG -> type.label() + " of " + allowed();
            default ->
                type.label() + (allowed().isEmpty() ? "" : " of " + allowed()) + (unit.isEmpty() ? "" : " " + unit);
        };
    }

    /** How a constant is written. */
    static String word(Enum<?> constant) {
        String own = constant.toString();
        return own.equals(constant.name()) ? own.toLowerCase(Locale.ROOT).replace('_', '-') : own;
    }

    /** One line for people: name, type, range, default and description. */
    @Override
    public String toString() {
        String details = java.util.stream.Stream.of(
                        type.label(), allowed(), unit, defaultText.isEmpty() ? "" : "default " + defaultText)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
        return name + " (" + details + ")" + (description.isEmpty() ? "" : ": " + description);
    }
}
