package dev.polyphony.streaming.service;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where a service finds things. Nothing here changes a result.
 *
 * @param recipe a shipped recipe's name, or a file
 * @param store where the model store is: a directory, or {@code s3://BUCKET/FOLDER}
 * @param data directory of downloaded data sets
 * @param replica name of this replica, stable over restarts: it names the producer whose open transaction a restarted
 *     replica aborts
 * @param patience how long to wait for an ensemble that is still being trained; zero says at once what is missing
 * @param traces whether spans of the work are exported, to where OpenTelemetry's variables say
 * @param linger whether the process stays, idle, when its work is done
 * @param stallAfter the process counts as not live when its work has made no move for this long
 * @param portFile where the HTTP port is written, for whoever started this process with port 0
 * @param parentPid this process ends when that one has; 0 for none
 */
@Validated
@ConfigurationProperties("polyphony")
public record ServiceProperties(
        @NotBlank(message = "must name a shipped recipe or a recipe file")
        String recipe,

        @NotBlank(message = "must be the model store's directory, or s3://BUCKET/FOLDER")
        String store,

        @DefaultValue("data") Path data,

        @DefaultValue("0") @Pattern(regexp = "[A-Za-z0-9._-]+", message = "may hold letters, digits, '.', '_' and '-'")
        String replica,

        @DefaultValue("0s") Duration patience,
        @DefaultValue("false") boolean traces,
        @DefaultValue("false") boolean linger,
        @DefaultValue("5m") Duration stallAfter,
        @Nullable Path portFile,

        @DefaultValue("0") @Min(value = 0, message = "must be a process id, or 0 for none")
        long parentPid) {}
