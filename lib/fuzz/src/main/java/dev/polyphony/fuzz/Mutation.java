package dev.polyphony.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * One injury to a sample.
 *
 * @param kind what is done
 * @param at where, from 0; taken modulo the length, and often near the begin or the end, where headers and tables are
 * @param seed of the other choices
 */
record Mutation(Kind kind, int at, long seed) {

    enum Kind {
        FLIP_BIT,
        SET_NUMBER,
        SET_TEXT,
        CUT,
        REMOVE,
        INSERT,
        REPEAT,
        SPLICE,
        RANDOM
    }

    /** Longer than that no input grows. */
    static final int LONGEST = 1 << 20;

    private static final int EDGE = 256;

    /** Lengths, counts and offsets where sums and products overflow; also as protobuf writes them. */
    private static final long[] NUMBERS = {
        0,
        1,
        -1,
        0x7f,
        0x80,
        0xff,
        0x7fff,
        0x8000,
        0xffff,
        1 << 20,
        Integer.MAX_VALUE,
        Integer.MAX_VALUE - 8,
        Integer.MIN_VALUE,
        1L << 32,
        1L << 40,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };

    private static final List<String> TEXTS = List.of(
            "0",
            "-1",
            "1e999",
            "NaN",
            ".inf",
            "2147483648",
            "9223372036854775808",
            "99999999999999999999999999999999",
            "0x7f",
            "null",
            "[]",
            "{}",
            "\"",
            "&a [*a, *a]",
            "*a",
            "!!binary x",
            "\u0000",
            "é");

    byte[] apply(byte[] bytes, List<byte[]> samples) {
        Random random = new Random(seed);
        int here = place(bytes.length);
        return switch (kind) {
            case FLIP_BIT -> flipped(bytes, here, random);
            case SET_NUMBER -> overwritten(bytes, here, number(random));
            case SET_TEXT -> text(bytes, here, random);
            case CUT -> Arrays.copyOf(bytes, here);
            case REMOVE -> joined(bytes, here, new byte[0], Math.min(bytes.length, here + length(random, 10)));
            case INSERT -> joined(bytes, here, content(random), here);
            case REPEAT -> repeated(bytes, here, random);
            case SPLICE -> spliced(bytes, here, samples.get(random.nextInt(samples.size())), random);
            case RANDOM -> content(random);
        };
    }

    private int place(int length) {
        int offset = at / 4 % (length + 1);
        return switch (at % 4) {
            case 0 -> Math.min(length, offset % EDGE);
            case 1 -> Math.max(0, length - offset % EDGE);
            default -> offset;
        };
    }

    /** Short ones are as likely as long ones. */
    private static int length(Random random, int powers) {
        return 1 + random.nextInt(1 << random.nextInt(powers));
    }

    private static byte[] content(Random random) {
        byte[] content = new byte[length(random, 10)];
        random.nextBytes(content);
        return content;
    }

    private static byte[] flipped(byte[] bytes, int here, Random random) {
        byte[] changed = bytes.clone();
        if (here < bytes.length) {
            changed[here] ^= (byte) (1 << random.nextInt(8));
        }
        return changed;
    }

    private static byte[] number(Random random) {
        long number = NUMBERS[random.nextInt(NUMBERS.length)] + (random.nextInt(4) == 0 ? random.nextInt(3) - 1 : 0);
        if (random.nextInt(4) == 0) {
            return varint(number);
        }
        boolean little = random.nextBoolean();
        ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES)
                .order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN)
                .putLong(number);
        int width = 1 << random.nextInt(4);
        int from = little ? 0 : Long.BYTES - width;
        return Arrays.copyOfRange(buffer.array(), from, from + width);
    }

    private static byte[] varint(long number) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long rest = number;
        for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
            out.write((int) ((rest & 0x7f) | 0x80));
        }
        out.write((int) rest);
        return out.toByteArray();
    }

    private static byte[] overwritten(byte[] bytes, int here, byte[] number) {
        return joined(bytes, here, number, Math.min(bytes.length, here + number.length));
    }

    /** In place of a word or number, where there is one. */
    private static byte[] text(byte[] bytes, int here, Random random) {
        byte[] text = TEXTS.get(random.nextInt(TEXTS.size())).getBytes(StandardCharsets.UTF_8);
        int from = here;
        int to = here;
        while (from > 0 && Character.isLetterOrDigit(bytes[from - 1])) {
            from--;
        }
        while (to < bytes.length && Character.isLetterOrDigit(bytes[to])) {
            to++;
        }
        return joined(bytes, from, text, to);
    }

    private static byte[] repeated(byte[] bytes, int here, Random random) {
        int end = Math.min(bytes.length, here + length(random, 9));
        byte[] chunk = Arrays.copyOfRange(bytes, here, end);
        int most = (LONGEST - bytes.length) / Math.max(1, chunk.length);
        int times = Math.max(0, Math.min(most, length(random, 18)));
        byte[] copies = new byte[chunk.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(chunk, 0, copies, i * chunk.length, chunk.length);
        }
        return joined(bytes, end, copies, end);
    }

    private static byte[] spliced(byte[] bytes, int here, byte[] other, Random random) {
        int from = random.nextBoolean() ? Math.min(here, other.length) : random.nextInt(other.length + 1);
        return joined(bytes, here, Arrays.copyOfRange(other, from, other.length), bytes.length);
    }

    /** The bytes before {@code head}, the middle, and those from {@code tail} on. */
    private static byte[] joined(byte[] bytes, int head, byte[] middle, int tail) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(head + middle.length + bytes.length - tail);
        out.write(bytes, 0, head);
        out.writeBytes(middle);
        out.write(bytes, tail, bytes.length - tail);
        return out.toByteArray();
    }
}
