package dev.polyphony.datasets;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** A TinyImageNet of two classes with three training images each, and two validation images. */
final class TinyImages {

    static final String FIRST = "n02124075";
    static final String SECOND = "n00000002";

    private TinyImages() {}

    /** All files by their path. The first channel of training image i of class c is 40 c + 10 i. */
    static Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        files.put("wnids.txt", bytes(FIRST + "\n" + SECOND + "\n"));
        files.put("words.txt", bytes(SECOND + "\tlast, the second\nn00000009\tother\n" + FIRST + "\tEgyptian cat\n"));
        for (int i = 0; i < 3; i++) {
            files.put(train(FIRST, i), plain(new Color(10 * i, 200, 150)));
            files.put(train(SECOND, i), plain(new Color(40 + 10 * i, 200, 150)));
        }
        files.put(
                "val/val_annotations.txt",
                bytes("val_0.JPEG\t" + SECOND + "\t0\t32\t44\t62\nval_1.JPEG\t" + FIRST + "\t1\t2\t3\t4\n"));
        files.put("val/images/val_0.JPEG", grey(100));
        files.put("val/images/val_1.JPEG", plain(new Color(90, 80, 70)));
        return files;
    }

    static String train(String name, int image) {
        return "train/" + name + "/images/" + name + "_" + image + ".JPEG";
    }

    static void writeTo(Path directory, Map<String, byte[]> files) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }

    /** An archive as published, where the names do not begin otherwise. */
    static byte[] zip(String root, Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(root + file.getKey());
                CRC32 crc = new CRC32();
                crc.update(file.getValue());
                entry.setCrc(crc.getValue());
                zip.putNextEntry(entry);
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    static byte[] plain(Color colour) throws IOException {
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_3BYTE_BGR);
        fill(image, colour, 0, 0, 64, 64);
        return jpeg(image);
    }

    static byte[] grey(int level) throws IOException {
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < 64; y++) {
            for (int x = 0; x < 64; x++) {
                image.getRaster().setSample(x, y, 0, level);
            }
        }
        return jpeg(image);
    }

    static void fill(BufferedImage image, Color colour, int x, int y, int width, int height) {
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(x, y, width, height);
        graphics.dispose();
    }

    static byte[] jpeg(BufferedImage image) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream closed = out) {
            ImageIO.write(image, "jpeg", closed);
        }
        return out.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
