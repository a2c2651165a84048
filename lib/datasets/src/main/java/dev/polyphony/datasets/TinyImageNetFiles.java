package dev.polyphony.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * TinyImageNet's files as they are published: {@code wnids.txt}, {@code words.txt},
 * {@code train/<wnid>/images/<wnid>_<i>.JPEG}, {@code val/images/} and {@code val/val_annotations.txt}. Every name that is
 * read from one of them has a form that cannot leave the directory, and every file has a limit.
 */
final class TinyImageNetFiles {

    private static final String CLASSES = "wnids.txt";
    private static final String WORDS = "words.txt";
    private static final String ANNOTATIONS = "val/val_annotations.txt";
    private static final Pattern CLASS = Pattern.compile("n\\d{8}");
    private static final Pattern ANNOTATION = Pattern.compile("(val_\\d{1,6}\\.JPEG)\\t(n\\d{8})(\\t.*)?");

    /** Above the 2.7 MB of words.txt, the largest file. */
    private static final int MAXIMUM_BYTES = 8_000_000;

    private final Path root;
    private final List<String> classes;

    /**
     * @param root in a file system of any kind
     * @param classCount how many classes there must be
     */
    TinyImageNetFiles(Path root, int classCount) throws IOException {
        this.root = root;
        this.classes = text(CLASSES).lines().map(String::strip).toList();
        for (String name : classes) {
            if (!CLASS.matcher(name).matches()) {
                throw refused(CLASSES, "'" + name + "' is no class; classes are like n02124075");
            }
        }
        int distinct = new HashSet<>(classes).size();
        if (classes.size() != classCount || distinct != classCount) {
            throw refused(CLASSES, classes.size() + " lines with " + distinct + " classes; right is " + classCount);
        }
    }

    /** What each class is called, by label; a label is a class's place in {@code wnids.txt}. */
    List<String> classNames() throws IOException {
        Map<String, String> words = new HashMap<>();
        for (String line : text(WORDS).lines().toList()) {
            int tab = line.indexOf('\t');
            if (tab > 0) {
                words.put(line.substring(0, tab), line.substring(tab + 1).strip());
            }
        }
        List<String> names = new ArrayList<>();
        for (String name : classes) {
            names.add(words.getOrDefault(name, name));
        }
        return names;
    }

    /**
     * The training images, one of each class in turn: so the first of them are the first of every class.
     *
     * @param perClass how many each class has
     */
    List<LabelledFile> train(int perClass) {
        List<LabelledFile> files = new ArrayList<>();
        for (int i = 0; i < perClass; i++) {
            for (int label = 0; label < classes.size(); label++) {
                String name = classes.get(label);
                files.add(new LabelledFile("train/" + name + "/images/" + name + "_" + i + ".JPEG", label));
            }
        }
        return files;
    }

    /**
     * The images of the official validation set, in the order of its annotations.
     *
     * @param count how many there must be
     */
    List<LabelledFile> validation(int count) throws IOException {
        List<LabelledFile> files = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String line : text(ANNOTATIONS).lines().toList()) {
            Matcher annotation = ANNOTATION.matcher(line);
            if (!annotation.matches()) {
                throw refused(
                        ANNOTATIONS,
                        "line " + (files.size() + 1) + " is not an image's name, a tab and a class, such as"
                                + " val_0.JPEG and n03444034");
            }
            int label = classes.indexOf(annotation.group(2));
            if (label < 0) {
                throw refused(
                        ANNOTATIONS,
                        "line " + (files.size() + 1) + ": " + annotation.group(2) + " is not in " + CLASSES);
            }
            if (!seen.add(annotation.group(1))) {
                throw refused(ANNOTATIONS, annotation.group(1) + " has two lines");
            }
            files.add(new LabelledFile("val/images/" + annotation.group(1), label));
        }
        if (files.size() != count) {
            throw refused(ANNOTATIONS, files.size() + " lines; right is " + count);
        }
        return files;
    }

    /** All bytes of a file. */
    byte[] content(String file) throws IOException {
        try (InputStream in = Files.newInputStream(root.resolve(file))) {
            byte[] content = in.readNBytes(MAXIMUM_BYTES);
            if (in.read() >= 0) {
                throw refused(file, "more than " + MAXIMUM_BYTES + " bytes, no file of this data set");
            }
            return content;
        } catch (NoSuchFileException missing) {
            throw new InvalidDataException(
                    where(file) + ": there is no such file; it is part of TinyImageNet", missing);
        }
    }

    private String text(String file) throws IOException {
        return new String(content(file), StandardCharsets.UTF_8);
    }

    private InvalidDataException refused(String file, String problem) {
        return new InvalidDataException(where(file) + ": " + problem);
    }

    /** For messages; within an archive, this names the archive too. */
    String where(String file) {
        String store = root.getFileSystem().equals(FileSystems.getDefault()) ? "" : root.getFileSystem() + " ";
        return store + root.resolve(file);
    }

    /**
     * An image and what it shows.
     *
     * @param file relative to the data set's root
     * @param label the class's place in {@code wnids.txt}
     */
    record LabelledFile(String file, int label) {}
}
