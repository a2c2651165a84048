package dev.polyphony.launcher.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A child to test with: does what its first argument says. */
final class Play {

    private Play() {}

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "work" -> {
                System.out.println("hello");
                System.out.println("progress {\"stage\":\"play\",\"done\":1,\"total\":2,\"images\":3,\"seconds\":4.0}");
            }
            case "crash" -> {
                for (int line = 1; line <= 40; line++) {
                    System.out.println("line " + line);
                }
                System.exit(3);
            }
            case "crash-twice" -> crashTwice(Path.of(arguments[1]));
            case "mistake" -> {
                System.err.println("some log line");
                System.err.println("play: the recipe is wrong\n  line 3: alpha");
                System.exit(2);
            }
            case "stay" -> Thread.sleep(60_000);
            case "stubborn" -> {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    try {
                        Thread.sleep(60_000);
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                    }
                }));
                System.out.println("progress {\"stage\":\"ready\",\"total\":1}");
                Thread.sleep(60_000);
            }
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void crashTwice(Path count) throws IOException {
        String before = Files.exists(count) ? Files.readString(count) : "";
        Files.writeString(count, before + "x");
        if (before.length() < 2) {
            System.exit(9);
        }
    }
}
