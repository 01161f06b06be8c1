// SPDX-License-Identifier: Apache-2.0
#include "app/command_line.h"

#include <boost/program_options.hpp>
#include <iostream>
#include <string>
#include <vector>

#include "app/commands.h"
#include "app/help.h"
#include "app/version.h"

namespace rowmill::app {

namespace {

namespace options = boost::program_options;

/// The command line of one command: its named options and its positional ones.
struct Command {
  options::options_description named;
  options::positional_options_description positional;
};

/// Boost reports with exceptions; they end here.
struct Parsed {
  options::variables_map values;
  bool help = false;
  std::string problem;
};

Parsed parse(const std::vector<std::string>& arguments, Command command) {
  command.named.add_options()("help,h", "");
  Parsed parsed;
  try {
    options::store(options::command_line_parser(arguments)
                       .options(command.named)
                       .positional(command.positional)
                       .run(),
                   parsed.values);
    options::notify(parsed.values);
  } catch (const options::error& error) {
    parsed.problem = error.what();
  }
  parsed.help = parsed.values.count("help") != 0;
  return parsed;
}

ExitCode wrong_usage(const std::string& problem, std::string_view command) {
  std::cerr << "rowmill: " << problem << "\nTry `rowmill " << command << " --help`.\n";
  return ExitCode::kUsage;
}

ExitCode show(std::string_view text) {
  std::cout << text;
  return ExitCode::kSuccess;
}

/// `run` and `check` take the same: a worker file and connector files.
ExitCode with_run_options(const std::vector<std::string>& arguments, std::string_view name,
                          std::string_view help, ExitCode (*command)(const RunOptions&)) {
  Command line;
  line.named.add_options()("file", options::value<std::vector<std::string>>());
  line.positional.add("file", -1);
  const Parsed parsed = parse(arguments, line);
  if (parsed.help) return show(help);
  if (!parsed.problem.empty()) return wrong_usage(parsed.problem, name);
  std::vector<std::string> files;
  if (parsed.values.count("file") != 0)
    files = parsed.values["file"].as<std::vector<std::string>>();
  if (files.size() < 2) {
    return wrong_usage("needs a worker file and at least one connector file", name);
  }
  return command({.worker = files[0], .connectors = {files.begin() + 1, files.end()}});
}

ExitCode offsets(const std::vector<std::string>& arguments) {
  Command line;
  line.named.add_options()("action", options::value<std::string>())(
      "worker", options::value<std::string>())("connector", options::value<std::string>())(
      "to", options::value<std::string>());
  line.positional.add("action", 1).add("worker", 1).add("connector", 1);
  const Parsed parsed = parse(arguments, line);
  if (parsed.help) return show(kOffsetsHelp);
  if (!parsed.problem.empty()) return wrong_usage(parsed.problem, "offsets");

  const auto text = [&](const char* name) {
    return parsed.values.count(name) != 0 ? parsed.values[name].as<std::string>() : std::string();
  };
  OffsetsOptions chosen;
  const std::string action = text("action");
  if (action == "set") {
    chosen.action = OffsetsOptions::Action::kSet;
  } else if (action == "reset") {
    chosen.action = OffsetsOptions::Action::kReset;
  } else if (action != "list") {
    return wrong_usage("offsets needs list, set or reset", "offsets");
  }
  chosen.worker = text("worker");
  chosen.to = text("to");
  if (parsed.values.count("connector") != 0) chosen.connector = text("connector");
  if (chosen.worker.empty()) return wrong_usage("offsets needs a worker file", "offsets");
  const bool changes = chosen.action != OffsetsOptions::Action::kList;
  if (changes && !chosen.connector) {
    return wrong_usage("offsets " + action + " needs a connector file", "offsets");
  }
  if ((chosen.action == OffsetsOptions::Action::kSet) == chosen.to.empty()) {
    return wrong_usage("--to goes with offsets set, and only with it", "offsets");
  }
  return offsets_command(chosen);
}

ExitCode tail(const std::vector<std::string>& arguments) {
  Command line;
  line.named.add_options()("connector", options::value<std::string>()->required())(
      "from", options::value<std::string>())("limit", options::value<uint64_t>());
  line.positional.add("connector", 1);
  for (const std::string& argument : arguments) {
    if (argument == "--help" || argument == "-h") return show(kTailHelp);
  }
  const Parsed parsed = parse(arguments, line);
  if (!parsed.problem.empty()) return wrong_usage(parsed.problem, "tail");
  TailOptions chosen{.connector = parsed.values["connector"].as<std::string>(),
                     .from = std::nullopt,
                     .limit = std::nullopt};
  if (parsed.values.count("from") != 0) chosen.from = parsed.values["from"].as<std::string>();
  if (parsed.values.count("limit") != 0) chosen.limit = parsed.values["limit"].as<uint64_t>();
  return tail_command(chosen);
}

ExitCode settings(const std::vector<std::string>& arguments) {
  const Parsed parsed = parse(arguments, {});
  if (parsed.help) return show(kSettingsHelp);
  if (!parsed.problem.empty()) return wrong_usage(parsed.problem, "settings");
  return settings_command();
}

}  // namespace

ExitCode run_command_line(std::span<char*> arguments) {
  std::vector<std::string> words(arguments.begin(), arguments.end());
  if (words.empty()) {
    std::cerr << kHelp;
    return ExitCode::kUsage;
  }
  const std::string command = words.front();
  words.erase(words.begin());
  if (command == "--help" || command == "-h" || command == "help") return show(kHelp);
  if (command == "--version") return show("rowmill " + std::string(kVersion) + "\n");
  if (command == "run") return with_run_options(words, command, kRunHelp, run_command);
  if (command == "check") return with_run_options(words, command, kCheckHelp, check_command);
  if (command == "offsets") return offsets(words);
  if (command == "tail") return tail(words);
  if (command == "settings") return settings(words);
  std::cerr << "rowmill: no command '" << command << "'\n" << kHelp;
  return ExitCode::kUsage;
}

}  // namespace rowmill::app
