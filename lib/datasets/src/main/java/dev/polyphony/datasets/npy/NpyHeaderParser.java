package dev.polyphony.datasets.npy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a header's dictionary: exactly the keys descr, fortran_order and shape, in any order. A small grammar instead of
 * NumPy's evaluation of a Python literal, so that a hostile file can do nothing but be refused.
 */
final class NpyHeaderParser {

    private static final int MAXIMUM_AXES = 32;

    private final String where;
    private final String text;
    private int position;

    private NpyHeaderParser(String where, String text) {
        this.where = where;
        this.text = text;
    }

    static NpyHeader parse(String where, String text) {
        return new NpyHeaderParser(where, text).header();
    }

    private NpyHeader header() {
        Map<String, String> values = new HashMap<>();
        List<Long> shape = new ArrayList<>();
        expect('{');
        while (!accept('}')) {
            String key = quoted();
            expect(':');
            String value =
                    switch (key) {
                        case "descr" -> quoted();
                        case "fortran_order" -> word();
                        case "shape" -> tuple(shape);
                        default -> throw refused("unknown key '" + key + "'");
                    };
            if (values.put(key, value) != null) {
                throw refused("key '" + key + "' occurs twice");
            }
            if (!accept(',')) {
                expect('}');
                break;
            }
        }
        skipSpace();
        if (position != text.length()) {
            throw refused("text after the dictionary");
        }
        return checked(values, shape);
    }

    private NpyHeader checked(Map<String, String> values, List<Long> shape) {
        for (String key : List.of("descr", "fortran_order", "shape")) {
            if (!values.containsKey(key)) {
                throw refused("key '" + key + "' is missing");
            }
        }
        String descriptor = values.getOrDefault("descr", "");
        NpyType type = NpyType.of(descriptor).orElseThrow(() -> unreadable(descriptor));
        switch (values.getOrDefault("fortran_order", "")) {
            case "False" -> {}
            case "True" ->
                throw new InvalidNpyException(
                        where, "the array is in Fortran order; save it with numpy.ascontiguousarray(array)");
            default -> throw refused("fortran_order is neither True nor False");
        }
        NpyHeader header =
                new NpyHeader(type, shape.stream().mapToLong(Long::longValue).toArray());
        try {
            header.byteCount();
        } catch (IllegalArgumentException tooLarge) {
            throw new InvalidNpyException(where, String.valueOf(tooLarge.getMessage()), tooLarge);
        }
        return header;
    }

    private InvalidNpyException unreadable(String descriptor) {
        if (descriptor.startsWith(">")) {
            return new InvalidNpyException(
                    where,
                    "element type '" + descriptor + "' is big endian; save it with array.astype('<"
                            + descriptor.substring(1) + "')");
        }
        return new InvalidNpyException(
                where, "element type '" + descriptor + "' is not read; the types are " + NpyType.descriptors());
    }

    private String tuple(List<Long> shape) {
        int start = position;
        expect('(');
        while (!accept(')')) {
            shape.add(size());
            if (shape.size() > MAXIMUM_AXES) {
                throw refused("more than " + MAXIMUM_AXES + " axes");
            }
            if (!accept(',')) {
                expect(')');
                break;
            }
        }
        return text.substring(start, position);
    }

    private long size() {
        skipSpace();
        int start = position;
        while (position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9') {
            position++;
        }
        String digits = text.substring(start, position);
        if (digits.isEmpty() || digits.length() > 18) {
            throw refused("a size of the shape is not a number from 0 to 999999999999999999");
        }
        return Long.parseLong(digits);
    }

    private String quoted() {
        skipSpace();
        char quote = position < text.length() ? text.charAt(position) : ' ';
        int end = quote == '\'' || quote == '"' ? text.indexOf(quote, position + 1) : -1;
        if (end < 0) {
            throw refused("a quoted name is expected");
        }
        String name = text.substring(position + 1, end);
        position = end + 1;
        return name;
    }

    private String word() {
        skipSpace();
        int start = position;
        while (position < text.length() && Character.isLetter(text.charAt(position))) {
            position++;
        }
        return text.substring(start, position);
    }

    private void expect(char wanted) {
        if (!accept(wanted)) {
            throw refused("'" + wanted + "' is expected");
        }
    }

    private boolean accept(char wanted) {
        skipSpace();
        if (position < text.length() && text.charAt(position) == wanted) {
            position++;
            return true;
        }
        return false;
    }

    private void skipSpace() {
        while (position < text.length() && (text.charAt(position) == ' ' || text.charAt(position) == '\n')) {
            position++;
        }
    }

    private InvalidNpyException refused(String problem) {
        return new InvalidNpyException(
                where,
                "the NPY header cannot be read at character " + position + ": " + problem
                        + "; right is {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }");
    }
}
