package dev.polyphony.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What the build knew about itself: {@code build.properties}, filled in by the build. */
final class BuildProperties {

    private final Properties properties;

    private BuildProperties(Properties properties) {
        this.properties = properties;
    }

    static BuildProperties load() {
        Properties properties = new Properties();
        try (InputStream resource = BuildProperties.class.getResourceAsStream("build.properties")) {
            if (resource != null) {
                properties.load(resource);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the build's properties", e);
        }
        return new BuildProperties(properties);
    }

    /** A property, or {@code otherwise} where the build left it out. */
    String get(String key, String otherwise) {
        String value = properties.getProperty(key, "");
        return value.isBlank() || value.contains("${") ? otherwise : value;
    }
}
