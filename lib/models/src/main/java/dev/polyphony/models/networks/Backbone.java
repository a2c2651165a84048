package dev.polyphony.models.networks;

import dev.polyphony.models.networks.Architecture.Family;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network by its name.
 *
 * @param family which residual network
 * @param depth see {@link Architecture}
 * @param widening see {@link Architecture}
 */
record Backbone(Family family, int depth, int widening) {

    private static final Pattern RESNET = Pattern.compile("resnet-(\\d{1,4})");
    private static final Pattern WIDE_RESNET = Pattern.compile("wrn-(\\d{1,4})-([1-9]\\d{0,2})");

    /**
     * The network of this name.
     *
     * @param name such as {@code resnet-20} or {@code wrn-28-10}
     * @throws IllegalArgumentException if there is none
     */
    static Backbone named(String name) {
        Matcher resNet = RESNET.matcher(name);
        if (resNet.matches()) {
            return new Backbone(Family.RESNET, depth(Family.RESNET, resNet.group(1), name), 1);
        }
        Matcher wide = WIDE_RESNET.matcher(name);
        if (wide.matches()) {
            int depth = depth(Family.WIDE_RESNET, wide.group(1), name);
            return new Backbone(Family.WIDE_RESNET, depth, Integer.parseInt(wide.group(2)));
        }
        throw unknown(name);
    }

    private static int depth(Family family, String digits, String name) {
        int depth = Integer.parseInt(digits);
        if (family.blocksPerStage(depth) == 0) {
            throw unknown(name);
        }
        return depth;
    }

    private static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException("unknown network \"" + name
                + "\": expected resnet-N with N = 6n+2, such as resnet-8, resnet-20 or resnet-32,"
                + " or wrn-D-K with D = 6n+4, such as wrn-28-10");
    }
}
