package dev.polyphony.experiment;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/** A residual network for small images by its name: 6n+2 layers, or 6n+4 and wider by a factor. */
record ResidualNetwork() implements RecipeValue {

    private static final int DEEPEST = 302;
    private static final int WIDEST = 64;
    private static final Pattern PLAIN = Pattern.compile("resnet-(\\d{1,6})");
    private static final Pattern WIDE = Pattern.compile("wrn-(\\d{1,6})-(\\d{1,6})");

    @Override
    public Object read(Node node) {
        String text = RecipeValue.scalar(node, this);
        Matcher plain = PLAIN.matcher(text);
        if (plain.matches()) {
            return "resnet-" + depth(text, plain.group(1), 2, "resnet-", "");
        }
        Matcher wide = WIDE.matcher(text);
        if (!wide.matches()) {
            throw RecipeValue.unfit(text, "is not a network", this);
        }
        int depth = depth(text, wide.group(1), 4, "wrn-", "-" + wide.group(2));
        int factor = Integer.parseInt(wide.group(2));
        if (factor < 1 || factor > WIDEST) {
            throw new Unfit(
                    "is " + text + ", but such networks are 1 to " + WIDEST + " times as wide",
                    "write wrn-" + depth + "-1 to wrn-" + depth + "-" + WIDEST);
        }
        return "wrn-" + depth + "-" + factor;
    }

    /** The depth, which is 6n and the extra layers. */
    private static int depth(String text, String digits, int extra, String before, String after) {
        int depth = Integer.parseInt(digits);
        int shallowest = 6 + extra;
        int deepest = DEEPEST - 2 + extra;
        if (depth < shallowest || depth > deepest || Math.floorMod(depth - extra, 6) != 0) {
            int below = Math.min(Math.max(depth - Math.floorMod(depth - extra, 6), shallowest), deepest - 6);
            throw new Unfit(
                    "is " + text + ", but such networks have 6n+" + extra + " layers, " + shallowest + " to " + deepest,
                    "write " + before + below + after + " or " + before + (below + 6) + after);
        }
        return depth;
    }

    /** Whether a network's name holds its width. */
    static boolean isWide(String name) {
        return WIDE.matcher(name).matches();
    }

    @Override
    public String range() {
        return "resnet-N with N = 6n+2 (resnet-8, resnet-14, resnet-20, ... resnet-" + DEEPEST
                + "), or wrn-D-K with D = 6n+4 and K times the width (wrn-28-10)";
    }
}
