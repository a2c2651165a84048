package dev.polyphony.datasets;

/** Labels as bytes of a file. */
final class Labels {

    private Labels() {}

    /** Widens labels; one that names no class is refused with its place. */
    static int[] checked(String file, byte[] values, int classes) {
        int[] labels = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            labels[i] = Byte.toUnsignedInt(values[i]);
            if (labels[i] >= classes) {
                throw new InvalidDataException(file + ": label " + labels[i] + " of image " + i
                        + " (from 0 on) names no class; labels are from 0 to " + (classes - 1));
            }
        }
        return labels;
    }
}
