package dev.polyphony.wire;

/** IEEE 754 binary16 to binary32; the JDK has it from version 20 on. */
final class Half {
    private static final int EXPONENT = 0x7c00;
    private static final int FRACTION = 0x03ff;

    private Half() {}

    static float toFloat(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = bits & EXPONENT;
        int fraction = bits & FRACTION;
        if (exponent == EXPONENT) {
            return Float.intBitsToFloat(sign | 0x7f800000 | fraction << 13);
        }
        if (exponent == 0) {
            // Subnormal: a multiple of 2^-24, which a float represents exactly.
            float value = fraction * 0x1p-24f;
            return sign == 0 ? value : -value;
        }
        return Float.intBitsToFloat(sign | (exponent << 13) + (112 << 23) | fraction << 13);
    }
}
