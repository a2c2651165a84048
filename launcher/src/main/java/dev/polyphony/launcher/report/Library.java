package dev.polyphony.launcher.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** Texts that go into a page whole: the report's own and the chart library, so that the page needs no network. */
public final class Library {

    private static final String ECHARTS = "/META-INF/maven/org.webjars.npm/echarts/pom.properties";

    private Library() {}

    /** A text that lies beside this class. */
    public static String own(String name) {
        return read("/dev/polyphony/launcher/report/" + name);
    }

    /** The version of the chart library on the class path. */
    static String echartsVersion() {
        Properties properties = new Properties();
        try (InputStream in = open(ECHARTS)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    /** The chart library as a script that may stand in a page. */
    static String echarts() {
        return read("/META-INF/resources/webjars/echarts/" + echartsVersion() + "/dist/echarts.min.js")
                .replace("</script", "<\\/script");
    }

    private static String read(String name) {
        try (InputStream in = open(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }

    private static InputStream open(String name) {
        InputStream in = Library.class.getResourceAsStream(name);
        if (in == null) {
            throw new IllegalStateException("the program was packed without " + name);
        }
        return in;
    }
}
