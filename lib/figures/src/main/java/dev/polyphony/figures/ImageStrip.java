package dev.polyphony.figures;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * What a perturbation does to images: rows of clean images, perturbed ones, and the amplified difference around middle
 * grey; one column per image. Enlarged without smoothing.
 */
public final class ImageStrip {

    private static final int MOST_COLUMNS = 16;
    private static final int CELL = 112;
    private static final int GAP = 8;
    private static final int LEFT = 118;
    private static final int TOP = 40;

    private ImageStrip() {}

    /**
     * One image and its perturbed form, pixels in the order channel, row, column, each 0 to 1.
     *
     * @param title above the column
     * @param channels 1 (grey) or 3 (red, green, blue)
     * @param clean [channels * height * width]
     * @param perturbed [channels * height * width]
     */
    @SuppressWarnings("ArrayRecordComponent") // copied on the way in; nobody compares two
    public record Column(String title, int channels, int height, int width, double[] clean, double[] perturbed) {

        public Column {
            Require.text("An image's title", title);
            if ((channels != 1 && channels != 3) || height < 1 || width < 1) {
                throw new IllegalArgumentException("The image '" + title + "' needs 1 or 3 channels and at least one"
                        + " pixel, not " + channels + "x" + height + "x" + width);
            }
            clean = pixels("Clean pixels of '" + title + "'", channels * height * width, clean);
            perturbed = pixels("Perturbed pixels of '" + title + "'", channels * height * width, perturbed);
        }

        private static double[] pixels(String what, int count, double[] pixels) {
            Require.sameLength(what, pixels.length, "channels * height * width", count);
            Require.within(what, 0, 1, pixels);
            return pixels.clone();
        }

        private BufferedImage image(PixelValue value) {
            BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            int plane = height * width;
            for (int p = 0; p < plane; p++) {
                int rgb = 0;
                for (int c = 0; c < 3; c++) {
                    double level = value.at(channels == 1 ? p : c * plane + p);
                    rgb = rgb << 8 | (int) Math.round(255 * Math.min(Math.max(level, 0), 1));
                }
                image.setRGB(p % width, p / width, rgb);
            }
            return image;
        }
    }

    @FunctionalInterface
    private interface PixelValue {
        double at(int index);
    }

    /**
     * The figure of 1 to 16 images.
     *
     * @param amplification what the difference is multiplied with, above 0
     */
    public static Figure of(List<Column> columns, double amplification) {
        List<Column> shown = List.copyOf(columns);
        Require.within("The number of images", 1, MOST_COLUMNS, shown.size());
        Require.within("The amplification", Double.MIN_NORMAL, 1e6, amplification);
        int width = LEFT + shown.size() * (CELL + GAP) + GAP;
        int height = TOP + 3 * (CELL + GAP) + GAP;
        return new Figure(width, height, (graphics, w, h) -> draw(graphics, shown, amplification));
    }

    private static void draw(Graphics2D graphics, List<Column> columns, double amplification) {
        graphics.setPaint(Style.INK);
        row(graphics, 0, "clean");
        row(graphics, 1, "perturbed");
        row(graphics, 2, "difference", "× " + Style.number("#.###").format(amplification));
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            int x = LEFT + i * (CELL + GAP);
            title(graphics, column.title(), x);
            cell(graphics, column.image(p -> column.clean[p]), x, 0);
            cell(graphics, column.image(p -> column.perturbed[p]), x, 1);
            cell(graphics, column.image(p -> 0.5 + amplification * (column.perturbed[p] - column.clean[p])), x, 2);
        }
    }

    private static void row(Graphics2D graphics, int row, String... lines) {
        double middle = TOP + row * (CELL + GAP) + CELL / 2.0;
        for (int i = 0; i < lines.length; i++) {
            text(graphics, Style.text(), lines[i], LEFT - 14, middle + 6 + 22 * (i - (lines.length - 1) / 2.0), 1);
        }
    }

    private static void title(Graphics2D graphics, String title, int x) {
        Font font = Style.smallText();
        double width =
                font.getStringBounds(title, graphics.getFontRenderContext()).getWidth();
        // A long title becomes smaller, down to what is still legible, before it meets its neighbour.
        Font fitting = width <= CELL + GAP - 4
                ? font
                : font.deriveFont((float) Math.max(9, Style.SMALL_TEXT * (CELL + GAP - 4) / width));
        text(graphics, fitting, title, x + CELL / 2.0, TOP - 12, 0.5);
    }

    private static void text(Graphics2D graphics, Font font, String text, double x, double y, double alignment) {
        Rectangle2D bounds = font.getStringBounds(text, graphics.getFontRenderContext());
        graphics.setFont(font);
        graphics.drawString(text, (float) (x - alignment * bounds.getWidth()), (float) y);
    }

    private static void cell(Graphics2D graphics, BufferedImage image, int x, int row) {
        int y = TOP + row * (CELL + GAP);
        double scale = (double) CELL / Math.max(image.getWidth(), image.getHeight());
        int width = (int) Math.round(scale * image.getWidth());
        int height = (int) Math.round(scale * image.getHeight());
        int left = x + (CELL - width) / 2;
        int top = y + (CELL - height) / 2;
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        graphics.drawImage(image, left, top, width, height, null);
        graphics.setStroke(Style.thin());
        graphics.draw(new Rectangle2D.Double(left, top, width, height));
    }
}
