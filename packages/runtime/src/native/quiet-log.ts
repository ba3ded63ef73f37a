/**
 * C++ that is compiled into the addon: TensorFlow 2.21 writes two lines about oneDNN to the terminal before anything
 * can stop it, whatever `TF_CPP_MIN_LOG_LEVEL` says. The addon comes first in the linker's search, so this definition
 * of the library's own function takes its place and heeds the variable. In another TensorFlow it has no effect.
 */
export const quietLogSource = `
#include <unistd.h>
#include <cstdlib>
#include <string_view>

namespace absl {
inline namespace lts_20250814 {
enum class LogSeverity : int;
namespace log_internal {
__attribute__((visibility("default"))) void WriteToStderr(std::string_view message, LogSeverity severity) {
  const char* least = std::getenv("TF_CPP_MIN_LOG_LEVEL");
  if (least != nullptr && static_cast<int>(severity) < std::atoi(least)) return;
  if (write(STDERR_FILENO, message.data(), message.size()) < 0) return;
}
}  // namespace log_internal
}  // namespace lts_20250814
}  // namespace absl
`;
